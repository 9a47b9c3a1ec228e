package dev.gavel.sagas;

import java.io.File;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;

/// How to start the process under test. It is started hundreds of times, so that the first one, which dies of old age,
/// leaves a cache of its classes behind for all others.
final class Launch {

    private final Path folder;
    private final Path cache;
    private boolean learnt;
    private final String classPath;

    /// @param classPath what it needs, jars and folders
    /// @param folder for the cache and the logs
    Launch(String classPath, Path folder) {
        this.folder = folder;
        this.cache = folder.resolve("functions.aot");
        this.classPath = jars(classPath, folder);
    }

    /// Where the process writes what goes wrong.
    Path log() {
        return folder.resolve("functions.log");
    }

    /// The first process is over.
    void learnt() {
        learnt = true;
    }

    List<String> command() {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx256m",
                "-Xlog:disable",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                classPath));
        if (!learnt) {
            command.add("-XX:AOTCacheOutput=" + cache);
        } else if (Files.exists(cache)) {
            command.add("-XX:AOTCache=" + cache);
        }
        command.add(ChildApplication.class.getName());
        return command;
    }

    /// A cache takes classes from jars only.
    private static String jars(String classPath, Path folder) {
        ToolProvider jar = ToolProvider.findFirst("jar").orElseThrow();
        PrintStream nobody = new PrintStream(PrintStream.nullOutputStream());
        int[] made = {0};
        return List.of(classPath.split(File.pathSeparator)).stream()
                .filter(entry -> Files.exists(Path.of(entry)))
                .map(entry -> {
                    if (!Files.isDirectory(Path.of(entry))) {
                        return entry;
                    }
                    String packed =
                            folder.resolve("classes-" + made[0]++ + ".jar").toString();
                    if (jar.run(nobody, System.err, "--create", "--no-compress", "--file", packed, "-C", entry, ".")
                            != 0) {
                        throw new IllegalStateException(entry + " cannot be packed");
                    }
                    return packed;
                })
                .collect(Collectors.joining(File.pathSeparator));
    }
}
