package dev.gavel.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// The hosts that `place-bid` is compared on, as those who use them run them.
final class ColdPeers {

    private static final String JAVA =
            Path.of(System.getProperty("java.home"), "bin", "java").toString();
    private static final List<String> NODE_FILES = List.of("package.json", "package-lock.json", "server.mjs");

    private final Path sources;
    private final Path folder;

    /// @param sources `bench/cold-start`
    /// @param folder where things are made
    ColdPeers(Path sources, Path folder) {
        this.sources = sources;
        this.folder = folder;
    }

    /// Gavel as its image has it, or from the class path of this build when there is no layout.
    static ColdHost gavel(Optional<Path> layout) {
        List<String> command = layout.map(
                        at -> List.of(at.resolve("runtime/bin/java").toString(), "@" + at.resolve("place-bid.options")))
                .orElseGet(() -> List.of(
                        JAVA,
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "dev.gavel.auctions.AuctionsApplication"));
        return ColdHost.resource("gavel", command, Map.of("SPRING_CLOUD_FUNCTION_DEFINITION", "placeBid"));
    }

    static ColdHost control() {
        return ColdHost.resource(
                "control",
                List.of(JAVA, "-cp", System.getProperty("java.class.path"), ColdStartControl.class.getName()),
                Map.of());
    }

    /// A fat jar, started as it is.
    ColdHost boot() {
        return ColdHost.resource("boot", List.of(JAVA, "-jar", built("boot/target/boot.jar")), Map.of());
    }

    /// On the JDK, with the flags of whatever it is compared with.
    ColdHost quarkus(List<String> flags) {
        List<String> command = new ArrayList<>(List.of(JAVA));
        command.addAll(flags);
        command.addAll(List.of("-jar", built("quarkus/target/quarkus-app/quarkus-run.jar")));
        return ColdHost.function("quarkus", command);
    }

    private String built(String file) {
        Path path = sources.resolve(file);
        if (!Files.exists(path)) {
            throw new IllegalStateException(
                    "there is no " + path + ": run './gavel bench cold-start', which builds it");
        }
        return path.toString();
    }

    /// One bundled file; absent where there is no Node.js or npm cannot install what it needs.
    Optional<ColdHost> node() throws IOException, InterruptedException {
        Path place = Files.createDirectories(folder.resolve("node"));
        Path bundle = place.resolve("server.cjs");
        boolean same = Files.exists(bundle);
        for (String file : NODE_FILES) {
            Path copy = place.resolve(file);
            same &= Files.exists(copy) && Files.mismatch(sources.resolve("node").resolve(file), copy) < 0;
            Files.copy(sources.resolve("node").resolve(file), copy, StandardCopyOption.REPLACE_EXISTING);
        }
        boolean there = Peers.runs(place, "node", "--version")
                && (same
                        || Peers.runs(place, "npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts")
                                && Peers.runs(place, "npm", "run", "bundle"));
        if (!there) {
            Files.deleteIfExists(bundle);
            return Optional.empty();
        }
        return Optional.of(ColdHost.resource("node", List.of("node", bundle.toString()), Map.of()));
    }

    /// The flags of a JVM that another one can be given, too: its heap, its compilers, its TLS; not its class
    /// path and cache.
    static List<String> flags(List<String> words) throws IOException {
        List<String> all = new ArrayList<>();
        for (String word : words) {
            if (word.startsWith("@") && Files.isReadable(Path.of(word.substring(1)))) {
                try (Stream<String> lines = Files.lines(Path.of(word.substring(1)))) {
                    lines.flatMap(line -> Stream.of(line.strip().split("\\s+"))).forEach(all::add);
                }
            } else {
                all.add(word);
            }
        }
        return all.stream()
                .filter(word -> word.matches("-X(X:(?!AOTCache|AOTMode).+|m.+|s.+)|-D(java|javax|jdk|sun)\\..+"))
                .toList();
    }
}
