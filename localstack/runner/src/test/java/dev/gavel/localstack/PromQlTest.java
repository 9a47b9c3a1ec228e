package dev.gavel.localstack;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PromQlTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "up; up",
                "sum(rate(a_total{result=~\"x|y\", b=\"sum(c)\"}[5m])) / sum by (use_case) (rate(a_count[1h])); a_total,a_count",
                "gavel:bids:ratio1h > 14.4 * 0.001 and gavel:bids:ratio5m > 1e3; gavel:bids:ratio1h,gavel:bids:ratio5m",
                "histogram_quantile(0.99, sum by (le, service) (rate(a_bucket[$__rate_interval]))); a_bucket",
                "a unless on(pod) a offset 10m or vector(0); a",
                "topk(8, sum without (pod) (a{use_case=~\"$use_case\"})); a",
                "time() - max by (context) (max_over_time(seen[1h])) > bool 120; seen",
                "count(ALERTS{alertstate='firing'}) or absent_over_time(gone[1h]); ALERTS,gone"
            })
    void theMetricsOfAQueryAreFound(String query, String metrics) {
        assertThat(PromQl.metrics(query)).containsExactlyInAnyOrder(metrics.split(","));
    }
}
