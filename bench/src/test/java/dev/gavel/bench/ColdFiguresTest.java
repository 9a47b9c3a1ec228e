package dev.gavel.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ColdFiguresTest {

    @Test
    void ratiosAreMediansOfRoundsAndNotRatiosOfMedians() {
        ColdFigures figures = new ColdFigures(List.of("gavel", "quarkus"));
        add(figures, 100, 1_000);
        add(figures, 300, 600);
        add(figures, 200, 500);

        assertThat(figures.line("cold-start"))
                .isEqualTo("cold-start: gavel=200ms quarkus=600ms gavel/quarkus=0.400 rss=70MB");
    }

    private static void add(ColdFigures figures, double gavel, double quarkus) {
        figures.add("gavel", new ColdRun.First(gavel, gavel, 70 * 1024, Map.of()), 80 * 1024);
        figures.add("quarkus", new ColdRun.First(quarkus, quarkus, 110 * 1024, Map.of()), 120 * 1024);
    }

    @Test
    void flagsAreThoseThatAnotherProgramCanBeGivenToo() throws IOException {
        assertThat(ColdPeers.flags(List.of(
                        "/layout/runtime/bin/java",
                        "-XX:+UseSerialGC",
                        "-Xmx128m",
                        "-XX:AOTCache=app.aot",
                        "-XX:AOTMode=on",
                        "-Djdk.tls.namedGroups=x25519",
                        "-Dgavel.run=here",
                        "-cp",
                        "lib/a.jar",
                        "dev.gavel.auctions.AuctionsApplication")))
                .containsExactly("-XX:+UseSerialGC", "-Xmx128m", "-Djdk.tls.namedGroups=x25519");
    }
}
