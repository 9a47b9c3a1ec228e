package dev.gavel.notifications;

import dev.gavel.events.Fact;
import dev.gavel.events.NoticeEvent.Channel;
import dev.gavel.kernel.AuctionId;
import dev.gavel.kernel.NoticeId;
import dev.gavel.kernel.OrderId;
import dev.gavel.kernel.StaleWrite;
import dev.gavel.kernel.UserId;
import dev.gavel.notifications.Delivery.Status;
import dev.gavel.testkit.RememberedFacts;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The in-memory twins of the Dynamo stores, held to the same contract.
final class InMemoryStore {

    final Inboxes notices = new Inboxes();
    final Ways deliveries = new Ways();
    final People readers = new People();
    final Names titles = new Names();

    final class Inboxes extends RememberedFacts implements Notices {

        private final Map<String, Notice> all = new TreeMap<>();
        private final Set<NoticeId> unread = new HashSet<>();

        @Override
        public synchronized Optional<Notice> find(UserId user, NoticeId id) {
            return Optional.ofNullable(all.get(user + "/" + id));
        }

        @Override
        public synchronized void add(Notice notice, List<Delivery> ways, List<Fact<?>> facts) {
            int before =
                    find(notice.userId(), notice.noticeId()).map(Notice::round).orElse(0);
            if (before != notice.round() - 1 || !deliveries.saveAll(ways)) {
                throw new StaleWrite("notice " + notice.noticeId());
            }
            all.put(notice.userId() + "/" + notice.noticeId(), notice);
            unread.add(notice.noticeId());
            store(facts);
        }

        synchronized List<Notice> all() {
            return List.copyOf(all.values());
        }

        @Override
        public synchronized Slice of(UserId user, int limit, @Nullable String cursor) {
            if (cursor != null && !cursor.contains("#ntc_")) {
                throw new IllegalArgumentException("no cursor");
            }
            List<Notice> some = all.values().stream()
                    .filter(notice -> notice.userId().equals(user))
                    .filter(notice -> cursor == null || key(notice).compareTo(cursor) < 0)
                    .sorted(Comparator.comparing(Inboxes::key).reversed())
                    .limit(limit + 1L)
                    .toList();
            List<Notice> page = some.subList(0, Math.min(limit, some.size()));
            return new Slice(
                    page.stream()
                            .map(notice -> new Entry(notice, !unread.contains(notice.noticeId())))
                            .toList(),
                    some.size() > limit ? key(page.getLast()) : null);
        }

        private static String key(Notice notice) {
            return notice.at() + "#" + notice.noticeId();
        }

        @Override
        public synchronized int unread(UserId user) {
            return unread(user, Instant.MAX).size();
        }

        @Override
        public synchronized List<NoticeId> unread(UserId user, Instant upTo) {
            return all.values().stream()
                    .filter(notice -> notice.userId().equals(user) && unread.contains(notice.noticeId()))
                    .filter(notice -> !notice.at().isAfter(upTo))
                    .sorted(Comparator.comparing(Inboxes::key))
                    .map(Notice::noticeId)
                    .limit(100)
                    .toList();
        }

        @Override
        public synchronized void read(UserId user, List<NoticeId> ids) {
            ids.stream().filter(id -> find(user, id).isPresent()).forEach(unread::remove);
        }
    }

    static final class Ways implements Deliveries {

        private final Map<String, Delivery> all = new TreeMap<>();

        @Override
        public synchronized Optional<Delivery> find(NoticeId notice, Channel channel) {
            return Optional.ofNullable(all.get(notice + "/" + channel));
        }

        @Override
        public void save(Delivery next) {
            if (!saveAll(List.of(next))) {
                throw new StaleWrite("delivery of " + next.noticeId());
            }
        }

        private synchronized boolean saveAll(List<Delivery> some) {
            boolean fresh = some.stream()
                    .allMatch(next -> find(next.noticeId(), next.channel())
                                    .map(Delivery::writes)
                                    .orElse(0L)
                            == next.writes() - 1);
            if (fresh) {
                some.forEach(next -> all.put(next.noticeId() + "/" + next.channel(), next));
            }
            return fresh;
        }

        @Override
        public synchronized List<Delivery> due(Instant by, int limit) {
            return all.values().stream()
                    .filter(one ->
                            one.status() == Status.WAITING && !one.dueAt().isAfter(by))
                    .sorted(Comparator.comparing(Delivery::dueAt))
                    .limit(limit)
                    .toList();
        }

        synchronized List<Delivery> all() {
            return List.copyOf(all.values());
        }
    }

    static final class People implements Readers {

        private final Map<UserId, Reader> all = new HashMap<>();

        @Override
        public synchronized Reader find(UserId id) {
            return all.getOrDefault(id, Reader.unknown(id));
        }

        @Override
        public synchronized void save(Reader next) {
            if (find(next.userId()).writes() != next.writes() - 1) {
                throw new StaleWrite("reader " + next.userId());
            }
            all.put(next.userId(), next);
        }
    }

    static final class Names implements Titles {

        private final Map<String, String> all = new HashMap<>();

        @Override
        public synchronized void remember(AuctionId auction, String title) {
            all.put(auction.value(), title);
        }

        @Override
        public synchronized void remember(OrderId order, AuctionId auction) {
            all.put(order.value(), auction.value());
        }

        @Override
        public synchronized Optional<String> of(String about) {
            return Optional.ofNullable(all.get(about))
                    .flatMap(found ->
                            about.startsWith("ord_") ? Optional.ofNullable(all.get(found)) : Optional.of(found));
        }
    }
}
