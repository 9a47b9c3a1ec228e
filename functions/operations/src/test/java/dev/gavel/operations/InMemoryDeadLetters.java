package dev.gavel.operations;

import dev.gavel.kernel.StaleWrite;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The twin of the table.
final class InMemoryDeadLetters implements DeadLetters {

    private final Map<DeadLetterId, DeadLetter> letters = new HashMap<>();
    private int writes;

    int writes() {
        return writes;
    }

    @Override
    public synchronized Optional<DeadLetter> find(DeadLetterId id) {
        return Optional.ofNullable(letters.get(id));
    }

    @Override
    public synchronized void save(DeadLetter next) {
        DeadLetter there = letters.get(next.id());
        if ((there == null ? 0 : there.version()) != next.version() - 1) {
            throw new StaleWrite(next.toString());
        }
        letters.put(next.id(), next);
        writes++;
    }

    @Override
    public synchronized Slice newest(int limit, @Nullable String cursor) {
        if (cursor != null && !cursor.contains("#dlt_")) {
            throw new IllegalArgumentException("no cursor of dead letters");
        }
        List<DeadLetter> rest = letters.values().stream()
                .sorted(Comparator.comparing(InMemoryDeadLetters::place).reversed())
                .filter(letter -> cursor == null || place(letter).compareTo(cursor) < 0)
                .toList();
        List<DeadLetter> page = rest.stream().limit(limit).toList();
        return new Slice(page, rest.size() > limit ? place(page.getLast()) : null);
    }

    private static String place(DeadLetter letter) {
        return "%020d.%09d#%s"
                .formatted(letter.keptAt().getEpochSecond(), letter.keptAt().getNano(), letter.id());
    }
}
