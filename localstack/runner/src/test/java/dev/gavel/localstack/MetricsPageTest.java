package dev.gavel.localstack;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class MetricsPageTest {

    @Test
    void theSamplesOfAMetricStandTogetherWithTheServiceTheyAreOf() {
        String page = "# HELP a_total What\n# TYPE a_total counter\na_total{result=\"x y\"} 1.0\n";
        String other = page + "# TYPE b gauge\nb 2.0\n";
        assertThat(MetricsPage.merged(Map.of("place-bid", page, "live", other)))
                .isEqualTo("# HELP a_total What\n# TYPE a_total counter\n"
                        + "a_total{service=\"live\",result=\"x y\"} 1.0\n"
                        + "a_total{service=\"place-bid\",result=\"x y\"} 1.0\n"
                        + "# TYPE b gauge\n"
                        + "b{service=\"live\"} 2.0\n");
    }
}
