package dev.gavel.sagas;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/// A sample of what `./gavel bench crash` tries.
class SagasTest {

    @Test
    void aTradeEndsAsItWouldHaveWhereverItsProcessDies() throws Exception {
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        Sagas.Result result = Sagas.run(Path.of("../../knative"), classPath, 30, System.out);
        assertThat(result.wrong()).isEmpty();
        assertThat(result.points()).isEqualTo(result.ok()).isGreaterThan(20);
        assertThat(result.passed()).as(result.line()).isTrue();
        assertThat(result.deliveries()).isGreaterThan(1_000);
        assertThat(result.control()).as("what is wrong when the bank forgets").isPositive();
    }
}
