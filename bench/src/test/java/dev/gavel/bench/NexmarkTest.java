package dev.gavel.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class NexmarkTest {

    private final ByteArrayOutputStream said = new ByteArrayOutputStream();

    @Test
    void aRightMarketAgreesWithTheOracleOnEveryAuction() throws Exception {
        Nexmark.Result result = play(FakeMarket.Mistake.NONE);

        assertThat(result.mismatches()).isZero();
        assertThat(result.control()).isPositive();
        assertThat(result.wronglyRepeated()).isZero();
        assertThat(result.repeated()).isPositive();
        assertThat(result.late()).isPositive();
        assertThat(result.unknown()).isPositive();
        assertThat(result.passed()).isTrue();
        assertThat(result.line())
                .matches("nexmark: events=5000 auctions=300 bids=4600 accepted=\\d+ late=\\d+ unknown=\\d+"
                        + " mismatches=0 control=[1-9]\\d*");
    }

    @Test
    void aMarketThatClosesWhenTheScheduleComesIsCaught() throws Exception {
        Nexmark.Result result = play(FakeMarket.Mistake.CLOSES_BY_TICK);

        assertThat(result.mismatches()).isPositive();
        assertThat(result.passed()).isFalse();
        assertThat(said.toString(StandardCharsets.UTF_8)).contains("expected").contains("found");
    }

    @Test
    void aMarketWhereALowerBidReplacesAHigherOneIsCaught() throws Exception {
        assertThat(play(FakeMarket.Mistake.OVERWRITES).mismatches()).isPositive();
    }

    @Test
    void aMarketThatTakesARepeatedBidForANewOneIsCaught() throws Exception {
        Nexmark.Result result = play(FakeMarket.Mistake.FORGETS_KEYS);

        assertThat(result.wronglyRepeated()).isPositive();
        assertThat(result.passed()).isFalse();
    }

    @Test
    void aSystemThatDoesNotCountReplayTimeIsSaidSo() {
        assertThatThrownBy(() -> play(FakeMarket.Mistake.NONE, "another key"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("replay time");
    }

    private Nexmark.Result play(FakeMarket.Mistake mistake) throws IOException, InterruptedException {
        return play(mistake, FakeMarket.REPLAY_KEY);
    }

    private Nexmark.Result play(FakeMarket.Mistake mistake, String key) throws IOException, InterruptedException {
        try (FakeMarket market = new FakeMarket(mistake)) {
            return Nexmark.run(
                    new Nexmark.Options(
                            5_000, market.address(), market.address(), key, 64, Duration.ofMinutes(2), null),
                    new PrintStream(said, true, StandardCharsets.UTF_8));
        }
    }
}
