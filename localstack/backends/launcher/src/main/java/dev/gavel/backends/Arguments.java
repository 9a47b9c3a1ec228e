package dev.gavel.backends;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The words on the command line, understood.
record Arguments(
        @Nullable Path home,
        Path run,
        @Nullable Path data,
        Map<String, Integer> ports,
        @Nullable ProcessHandle parent) {

    static final String HELP = """
            --home DIR    the folder with the built servers (default: localstack/backends above the working directory)
            --run DIR     logs, pids and backends.json (default: .gavel/run)
            --data DIR    keep topics, tables and objects there; 'none' keeps nothing (default: none)
            --only NAMES  start only these, for example kafka,dynamodb
            --ports LIST  for example kafka=19092,redis=0; 0 is any free port
            --parent PID  end when this process is gone""";

    private static final Set<String> KNOWN = Set.of("--home", "--run", "--data", "--only", "--ports", "--parent");

    static Arguments parse(List<String> words) {
        var given = pairs(words);
        var run = Path.of(given.getOrDefault("--run", ".gavel/run"));
        var data = given.getOrDefault("--data", "none");
        var home = given.get("--home");
        return new Arguments(
                home == null ? null : Path.of(home),
                run.toAbsolutePath(),
                data.equals("none") ? null : Path.of(data),
                ports(chosen(given.get("--only")), given.getOrDefault("--ports", "")),
                parent(given.get("--parent")));
    }

    Backends.Options options(Consumer<String> report) {
        return new Backends.Options(home, run, data, ports, report);
    }

    private static Map<String, String> pairs(List<String> words) {
        var pairs = new LinkedHashMap<String, String>();
        for (var i = 0; i < words.size(); i += 2) {
            var word = words.get(i);
            if (!KNOWN.contains(word)) {
                throw new BackendFailure("'%s' is not understood: --help tells what is.".formatted(word));
            }
            if (i + 1 == words.size()) {
                throw new BackendFailure("%s needs a value: --help tells which.".formatted(word));
            }
            pairs.put(word, words.get(i + 1));
        }
        return pairs;
    }

    private static Set<Backend> chosen(@Nullable String only) {
        var chosen = EnumSet.allOf(Backend.class);
        if (only != null) {
            chosen.retainAll(Arrays.stream(only.split(",")).map(Backend::named).toList());
        }
        return chosen;
    }

    private static Map<String, Integer> ports(Set<Backend> chosen, String list) {
        var ports = new LinkedHashMap<String, Integer>();
        chosen.forEach(backend -> ports.put(backend.title(), backend.usualPort()));
        for (var pair : list.isEmpty() ? new String[0] : list.split(",")) {
            var parts = pair.split("=");
            if (parts.length != 2 || !parts[1].matches("\\d{1,5}") || Integer.parseInt(parts[1]) > 65535) {
                throw new BackendFailure("'%s' is not a port: write --ports kafka=19092,redis=16379.".formatted(pair));
            }
            ports.computeIfPresent(Backend.named(parts[0]).title(), (_, _) -> Integer.valueOf(parts[1]));
        }
        return ports;
    }

    private static @Nullable ProcessHandle parent(@Nullable String pid) {
        if (pid == null) {
            return null;
        }
        return Optional.of(pid)
                .filter(text -> text.matches("\\d{1,18}"))
                .map(Long::valueOf)
                .flatMap(ProcessHandle::of)
                .orElseThrow(() -> new BackendFailure(
                        "There is no process %s to live with: give --parent a pid that runs.".formatted(pid)));
    }
}
