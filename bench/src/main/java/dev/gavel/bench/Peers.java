package dev.gavel.bench;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// The work of others, installed by npm with fixed versions into a folder of the benchmark's own.
final class Peers {

    private static final List<String> FILES =
            List.of("package.json", "feed.mjs", "ws.mjs", "socketio.mjs", "resize.mjs");
    private static final int PATIENCE_SECONDS = 180;

    private Peers() {}

    /// Installs them, unless they are there.
    ///
    /// @return why they are not there; empty when they are
    static Optional<String> install(Path folder) throws IOException, InterruptedException {
        if (!runs(folder, "node", "--version") || !runs(folder, "npm", "--version")) {
            return Optional.of(
                    "What comes from npm is left out: install Node.js 20 or newer with npm to compare with it.");
        }
        Path made = folder.resolve("package.json");
        boolean same = Files.exists(made)
                && Files.exists(folder.resolve("node_modules/.package-lock.json"))
                && Files.readString(made).equals(text("package.json"));
        for (String file : FILES) {
            try (InputStream script = resource(file)) {
                Files.copy(script, folder.resolve(file), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        if (!same && !runs(folder, "npm", "install", "--no-audit", "--no-fund", "--ignore-scripts")) {
            Files.delete(made);
            return Optional.of("What comes from npm is left out: npm could not install it, see "
                    + folder.resolve("npm.log") + ".");
        }
        return Optional.empty();
    }

    private static InputStream resource(String file) {
        InputStream resource = Peers.class.getResourceAsStream("/peers/" + file);
        if (resource == null) {
            throw new IllegalStateException("the resource peers/" + file + " is missing");
        }
        return resource;
    }

    private static String text(String file) throws IOException {
        try (InputStream resource = resource(file)) {
            return new String(resource.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        }
    }

    /// Whether a command ends well in good time; what it says is in `npm.log` of the folder.
    static boolean runs(Path folder, String... command) throws IOException, InterruptedException {
        Files.createDirectories(folder);
        Process process;
        try {
            process = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(
                            folder.resolve("npm.log").toFile()))
                    .start();
        } catch (IOException e) {
            return false;
        }
        process.getOutputStream().close();
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            return false;
        }
        return process.exitValue() == 0;
    }
}
