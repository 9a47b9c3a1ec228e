package dev.gavel.imaging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gavel.testkit.HostilePictures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Every verdict is in the table of the README, and every line of the table is a verdict.
class VerdictsTest {

    private static final Pattern LINE = Pattern.compile("\\| (\\S[^|]*) \\| ([a-z-]+) \\| ([a-z-]+) \\|");

    @ParameterizedTest
    @EnumSource
    void everyFileGetsTheVerdictOfTheTable(Codecs codecs) throws IOException {
        PictureResizer resizer = codecs.resizer();
        Map<String, String> verdicts = new LinkedHashMap<>();
        HostilePictures.files().forEach((name, file) -> verdicts.put(name, verdict(resizer.resize(file.get()))));
        assertThat(verdicts).containsExactlyEntriesOf(table(codecs));
    }

    static String verdict(Resizing resizing) {
        return switch (resizing) {
            case Resizing.Resized _ -> "taken";
            case Resizing.Refused refused -> refused.reason().code();
        };
    }

    private static Map<String, String> table(Codecs codecs) throws IOException {
        Map<String, String> table = new LinkedHashMap<>();
        Matcher line = LINE.matcher(Files.readString(Path.of("README.md")));
        while (line.find()) {
            if (!line.group(2).equals("---")) {
                table.put(line.group(1), line.group(codecs == Codecs.TURBO ? 2 : 3));
            }
        }
        return table;
    }
}
