package dev.gavel.events;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Holds samples to the promise that they are only ever added: `samples.sha256` lists each with its
/// checksum, in the format of `sha256sum`.
final class SampleHistory {

    private SampleHistory() {}

    /// What differs between the list in a folder of samples and the samples there, one sentence each.
    static List<String> differences(Path folder) throws IOException {
        Map<String, String> listed = new TreeMap<>();
        List<String> differences = new ArrayList<>();
        for (String line : Files.readAllLines(folder.resolve("samples.sha256"))) {
            String[] parts = line.split(" {2}", 2);
            if (parts.length != 2 || listed.put(parts[1], parts[0]) != null) {
                differences.add("this line of samples.sha256 is not 'checksum  file' or comes twice: " + line);
            }
        }
        Map<String, String> found = new TreeMap<>();
        for (Path sample : Contract.jsonFiles(folder)) {
            found.put(folder.relativize(sample).toString().replace('\\', '/'), checksum(sample));
        }
        listed.forEach((file, checksum) -> {
            if (!found.containsKey(file)) {
                differences.add(file + " was removed: what was once published must stay readable, put it back");
            } else if (!checksum.equals(found.get(file))) {
                differences.add(file + " was changed: put it back and add another sample beside it");
            }
        });
        found.forEach((file, checksum) -> {
            if (!listed.containsKey(file)) {
                differences.add(file + " is not listed: append this line to samples.sha256: " + checksum + "  " + file);
            }
        });
        return differences;
    }

    /// The lines that a history of changes (`git log --patch`) takes out of the list.
    static List<String> removedLines(String history) {
        return history.lines().filter(line -> line.matches("-[0-9a-f]{64} .*")).toList();
    }

    /// The line ends of a checkout on another system do not count.
    private static String checksum(Path sample) throws IOException {
        try {
            String text = Files.readString(sample).replace("\r\n", "\n");
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
