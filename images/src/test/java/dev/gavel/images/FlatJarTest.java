package dev.gavel.images;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FlatJarTest {

    @TempDir
    Path folder;

    @Test
    void theFirstJarWins() throws IOException {
        assertThat(flat(Map.of("a/A.class", "first"), Map.of("a/A.class", "second", "a/B.class", "other")))
                .containsEntry("a/A.class", "first")
                .containsEntry("a/B.class", "other");
    }

    @Test
    void everyProviderOfAServiceIsFound() throws IOException {
        assertThat(flat(
                        Map.of("META-INF/services/a.Service", "a.One # the usual one\n\n"),
                        Map.of("META-INF/services/a.Service", "a.Two\na.One")))
                .containsEntry("META-INF/services/a.Service", "a.One\na.Two\n");
    }

    @Test
    void aClassIsThatOfThisRelease() throws IOException {
        int release = Runtime.version().feature();
        Map<String, String> jar = Map.of(
                JarFile.MANIFEST_NAME,
                "Manifest-Version: 1.0\nMulti-Release: true\n",
                "a/A.class",
                "for all",
                "META-INF/versions/9/a/A.class",
                "since 9",
                "META-INF/versions/11/a/New.class",
                "only since 11",
                "META-INF/versions/" + (release + 1) + "/a/A.class",
                "of the future");
        assertThat(flat(jar))
                .containsEntry("a/A.class", "since 9")
                .containsEntry("a/New.class", "only since 11")
                .hasSize(3);
    }

    @Test
    void noticesAreKeptAndSignaturesAreNot() throws IOException {
        assertThat(flat(
                        Map.of("META-INF/LICENSE", "mine", "META-INF/KEY.SF", "x", "META-INF/KEY.RSA", "x"),
                        Map.of("META-INF/LICENSE", "theirs", "NOTICE.txt", "named", "module-info.class", "x")))
                .containsOnlyKeys(
                        JarFile.MANIFEST_NAME,
                        "META-INF/notices/0.jar/LICENSE",
                        "META-INF/notices/1.jar/LICENSE",
                        "META-INF/notices/1.jar/NOTICE.txt");
    }

    @Test
    void equalInputMakesAnEqualFile() throws IOException {
        Path jar = jar(0, Map.of("a/A.class", "1", "b/B.class", "2"));
        FlatJar.write(folder.resolve("x.jar"), List.of(jar));
        FlatJar.write(folder.resolve("y.jar"), List.of(jar));
        assertThat(folder.resolve("x.jar")).hasSameBinaryContentAs(folder.resolve("y.jar"));
    }

    @SafeVarargs
    private Map<String, String> flat(Map<String, String>... jars) throws IOException {
        List<Path> files = new ArrayList<>();
        for (int i = 0; i < jars.length; i++) {
            files.add(jar(i, jars[i]));
        }
        Path into = folder.resolve("flat.jar");
        FlatJar.write(into, files);
        Map<String, String> entries = new TreeMap<>();
        try (JarFile flat = new JarFile(into.toFile())) {
            for (JarEntry entry : flat.stream().toList()) {
                try (InputStream in = flat.getInputStream(entry)) {
                    entries.put(entry.getName(), new String(in.readAllBytes(), StandardCharsets.UTF_8));
                }
            }
        }
        return entries;
    }

    private Path jar(int number, Map<String, String> entries) throws IOException {
        Path file = folder.resolve(number + ".jar");
        String manifest = entries.getOrDefault(JarFile.MANIFEST_NAME, "Manifest-Version: 1.0\n");
        try (JarOutputStream out = new JarOutputStream(
                Files.newOutputStream(file),
                new Manifest(new ByteArrayInputStream(manifest.getBytes(StandardCharsets.UTF_8))))) {
            for (Map.Entry<String, String> entry : new TreeMap<>(entries).entrySet()) {
                if (!entry.getKey().equals(JarFile.MANIFEST_NAME)) {
                    out.putNextEntry(new JarEntry(entry.getKey()));
                    out.write(entry.getValue().getBytes(StandardCharsets.UTF_8));
                }
            }
        }
        return file;
    }
}
