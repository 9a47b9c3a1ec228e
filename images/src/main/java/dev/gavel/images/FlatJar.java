package dev.gavel.images;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/// One jar that stands for a class path. A process that looks for a service or a resource looks into every jar there
/// is, each of which has to be opened and its index read; of one jar it does so once.
///
/// | of several jars | becomes |
/// | --- | --- |
/// | an entry of the same name | that of the first jar, as on a class path |
/// | `META-INF/services/…` | all lines, each once |
/// | a class for several releases of Java | the one this JDK would take |
/// | licences and notices | all of them, in `META-INF/notices/JAR/` |
/// | manifests, signatures, descriptions of modules, folders | left out |
///
/// Nothing is compressed, and equal input makes an equal file.
public final class FlatJar {

    private static final String SERVICES = "META-INF/services/";
    private static final Pattern VERSIONED = Pattern.compile("META-INF/versions/(\\d+)/(.+)");
    private static final Pattern NOTICE =
            Pattern.compile("(META-INF/)?(LICEN[CS]E|NOTICE|COPYRIGHT|DEPENDENCIES)[^/]*", Pattern.CASE_INSENSITIVE);
    private static final Pattern LEFT_OUT = Pattern.compile(
            "META-INF/(MANIFEST\\.MF|INDEX\\.LIST|[^/]+\\.(SF|RSA|DSA|EC)|SIG-[^/]+|maven/.*)|(.+/)?module-info\\.class");
    private static final FileTime ALWAYS = FileTime.from(Instant.parse("2000-01-01T00:00:00Z"));

    private final Map<String, byte[]> entries = new LinkedHashMap<>();
    private final Map<String, Set<String>> services = new LinkedHashMap<>();

    private FlatJar() {}

    /// `INTO JARS...`, in the order of the class path.
    ///
    /// @throws IOException when a jar cannot be read or the result not be written
    public static void main(String[] line) throws IOException {
        if (line.length < 2) {
            throw new IllegalArgumentException("Usage: INTO JARS...");
        }
        List<Path> jars = new ArrayList<>();
        for (int i = 1; i < line.length; i++) {
            jars.add(Path.of(line[i]));
        }
        write(Path.of(line[0]), jars);
    }

    static void write(Path into, List<Path> jars) throws IOException {
        FlatJar flat = new FlatJar();
        for (Path jar : jars) {
            flat.add(jar);
        }
        try (ZipOutputStream out = new ZipOutputStream(new BufferedOutputStream(Files.newOutputStream(into)))) {
            out.setMethod(ZipOutputStream.STORED);
            put(out, JarFile.MANIFEST_NAME, "Manifest-Version: 1.0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            for (Map.Entry<String, Set<String>> service : flat.services.entrySet()) {
                put(out, service.getKey(), lines(service.getValue()));
            }
            for (Map.Entry<String, byte[]> entry : flat.entries.entrySet()) {
                put(out, entry.getKey(), entry.getValue());
            }
        }
    }

    private void add(Path path) throws IOException {
        // Opened for this release, a jar answers with the class of the release that a process would get.
        try (JarFile jar = new JarFile(path.toFile(), false, JarFile.OPEN_READ, Runtime.version())) {
            List<String> names = jar.stream()
                    .filter(entry -> !entry.isDirectory())
                    .map(entry -> jar.isMultiRelease() ? base(entry.getName()) : entry.getName())
                    .distinct()
                    .toList();
            for (String name : names) {
                ZipEntry entry = jar.getEntry(name);
                // A class of a later release than this one has no entry of its own.
                if (entry == null || LEFT_OUT.matcher(name).matches()) {
                    continue;
                }
                byte[] bytes;
                try (var in = jar.getInputStream(entry)) {
                    bytes = in.readAllBytes();
                }
                add(name, bytes, path.getFileName().toString());
            }
        }
    }

    private static String base(String name) {
        var versioned = VERSIONED.matcher(name);
        return versioned.matches() ? versioned.group(2) : name;
    }

    private void add(String name, byte[] bytes, String jar) {
        if (name.startsWith(SERVICES)) {
            Set<String> all = services.computeIfAbsent(name, _ -> new LinkedHashSet<>());
            new String(bytes, StandardCharsets.UTF_8)
                    .lines()
                    .map(line -> line.replaceFirst("#.*", "").strip())
                    .filter(line -> !line.isEmpty())
                    .forEach(all::add);
        } else if (NOTICE.matcher(name).matches()) {
            entries.putIfAbsent("META-INF/notices/" + jar + "/" + name.substring(name.lastIndexOf('/') + 1), bytes);
        } else {
            entries.putIfAbsent(name, bytes);
        }
    }

    private static byte[] lines(Set<String> lines) {
        return (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    private static void put(ZipOutputStream out, String name, byte[] bytes) throws IOException {
        ZipEntry entry = new ZipEntry(name);
        CRC32 sum = new CRC32();
        sum.update(bytes);
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(bytes.length);
        entry.setCrc(sum.getValue());
        entry.setLastModifiedTime(ALWAYS);
        out.putNextEntry(entry);
        out.write(bytes);
        out.closeEntry();
    }
}
