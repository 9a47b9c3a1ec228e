package dev.gavel.backends;

import java.io.File;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The folder that holds one built module for each server.
record BackendHome(Path folder) {
    private static final String PROPERTY = "gavel.backends.home";
    private static final Path IN_THE_TREE = Path.of("localstack", "backends");
    private static final String BUILD =
            "run './mvnw -q -pl localstack/backends/launcher -am package -DskipTests' or './gavel up'.";

    /// Where it was told to look, or else the source tree that the working directory is in.
    static BackendHome locate(@Nullable Path told) {
        var property = System.getProperty(PROPERTY);
        if (told != null || property != null) {
            return new BackendHome((told == null ? Path.of(property) : told).toAbsolutePath());
        }
        for (var place = Path.of("").toAbsolutePath(); place != null; place = place.getParent()) {
            if (Files.isDirectory(place.resolve(IN_THE_TREE))) {
                return new BackendHome(place.resolve(IN_THE_TREE));
            }
        }
        throw new BackendFailure(
                "There is no folder %s above the working directory; set -D%s to it.".formatted(IN_THE_TREE, PROPERTY));
    }

    /// The module's own classes first, then the jars Maven chose for it.
    URL[] classPath(Backend backend) {
        var target = folder.resolve(backend.title()).resolve("target");
        var list = target.resolve("class-path");
        var classes = target.resolve("classes");
        if (!Files.isRegularFile(list) || !Files.isDirectory(classes)) {
            throw new BackendFailure("The %s backend is not built in %s: %s".formatted(backend.title(), folder, BUILD));
        }
        var urls = new ArrayList<URL>(List.of(url(classes)));
        for (var jar : jars(list)) {
            if (!Files.isRegularFile(jar)) {
                throw new BackendFailure(
                        "The %s backend needs %s, which is gone: %s".formatted(backend.title(), jar, BUILD));
            }
            urls.add(url(jar));
        }
        return urls.toArray(URL[]::new);
    }

    private static List<Path> jars(Path list) {
        try {
            return Files.readString(list).strip().transform(line -> List.of(line.split(File.pathSeparator))).stream()
                    .filter(entry -> entry.endsWith(".jar"))
                    .map(Path::of)
                    .toList();
        } catch (IOException trouble) {
            throw new BackendFailure("The file %s cannot be read: %s".formatted(list, BUILD), trouble);
        }
    }

    private static URL url(Path path) {
        try {
            return path.toUri().toURL();
        } catch (MalformedURLException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
