package dev.gavel.scaling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

class SimulationTest {

    /// 16 at once, each 1.6 s: 10 a second and replica.
    private static final Workload TEN = new Workload(1.6, 16, 20, 0, false, 6);

    private static final String QUEUE = """
            kind: ScaledObject
            metadata: {name: q}
            spec:
              pollingInterval: 10
              cooldownPeriod: 60
              maxReplicaCount: 4
              triggers:
                - type: aws-sqs-queue
                  metadata: {queueLength: "100"}
            """;

    @Test
    void whoComesToNobodyWaitsForTheLookAndTheStart() {
        // comes at 3 s, is seen at 10 s, served from 30 s on: 27 s, and 1.6 for the work
        Simulation.Result result = run(QUEUE, TEN, 120, second -> second == 3 ? 1 : 0);
        assertThat(result.longest()).isCloseTo(28.6, within(1e-9));
        assertThat(result.left()).isZero();
        assertThat(result.mostReplicas()).isEqualTo(1);
    }

    @Test
    void theEveningCostsWhatItsReplicasDo() {
        // one replica from 10 s on, seen last at 30 s, gone at 90 s: 80 of 200 s
        Simulation.Result result = run(QUEUE, TEN, 200, second -> second == 3 ? 1 : 0);
        assertThat(result.pricePerHour()).isCloseTo(6 * 80 / 200.0, within(0.07));
    }

    @Test
    void whatIsTooMuchForAllIsLeft() {
        // 4 replicas do 40 a second at the most
        Simulation.Result result = run(QUEUE, TEN, 600, second -> 60);
        assertThat(result.mostReplicas()).isEqualTo(4);
        assertThat(result.left()).isGreaterThan(20 * 500);
    }

    @Test
    void orderedConsumersShareThePartitions() {
        Workload ordered = new Workload(0.5, 12, 0, 12, true, 1);
        assertThat(ordered.capacity(0)).isZero();
        assertThat(ordered.capacity(1)).isEqualTo(24);
        assertThat(ordered.capacity(6)).isEqualTo(24);
        assertThat(new Workload(0.5, 12, 0, 12, false, 1).capacity(20)).isEqualTo(12 * 24);
    }

    @Test
    void whatIsNotModelledIsNotSimulated() {
        assertThatThrownBy(() -> scaler(QUEUE.replace("aws-sqs-queue", "redis"), 0))
                .hasMessageContaining("a trigger of type 'redis' is not modelled");
        assertThatThrownBy(() -> scaler(QUEUE.replace("\"100\"", "many"), 0)).hasMessageContaining("queueLength");
        assertThatThrownBy(() -> scaler(QUEUE.replace("ScaledObject", "Service"), 0))
                .hasMessageContaining("it is no ScaledObject");
        assertThatThrownBy(() -> scaler(QUEUE.replace("pollingInterval", "poolingInterval"), 0))
                .hasMessageContaining("poolingInterval");
        String behavior = QUEUE + "  advanced: {horizontalPodAutoscalerConfig: {behavior: {scaleUp: ";
        assertThatThrownBy(() -> scaler(behavior + "{policies: [{type: Pod, value: 1, periodSeconds: 15}]}}}}", 0))
                .hasMessageContaining("a policy is of type Pods or Percent, not 'Pod'");
        assertThatThrownBy(() -> scaler(behavior + "{selectPolicy: Maximum}}}}", 0))
                .hasMessageContaining("selectPolicy is Max, Min or Disabled, not 'Maximum'");
        assertThatThrownBy(() -> scaler("kind: [", 0)).hasMessageContaining("is not YAML");
    }

    @Test
    void anEveningThatCannotBeReadIsRefusedByItsLine() {
        assertThatThrownBy(() -> Evening.read(List.of("time,bids"))).hasMessageContaining("two of numbers");
        assertThatThrownBy(() -> Evening.read(List.of(
                        "time,bids", "2026-11-20T18:00:00Z,1", "2026-11-20T18:00:10Z,2", "2026-11-20T18:00:25Z,2")))
                .hasMessageContaining("18:00:25")
                .hasMessageContaining("even steps");
        assertThatThrownBy(
                        () -> Evening.read(List.of("time,bids", "2026-11-20T18:00:00Z,-1", "2026-11-20T18:00:10Z,2")))
                .hasMessageContaining("0 or more");
    }

    private static Simulation.Result run(String yaml, Workload workload, int seconds, IntToDoubleFunction arrivals) {
        List<String> csv = new ArrayList<>(List.of("time,arrivals"));
        LocalDateTime begin = LocalDateTime.of(2026, 11, 20, 18, 0);
        for (int i = 0; i < seconds; i++) {
            csv.add(begin.plusSeconds(i).atOffset(ZoneOffset.ofHours(9)) + "," + arrivals.applyAsDouble(i));
        }
        return new Simulation(scaler(yaml, workload.partitions()), workload, Evening.read(csv), "arrivals").run();
    }

    private static Scaler scaler(String yaml, int partitions) {
        return ScalerFile.read(Path.of("scaler.yaml"), yaml.lines().toList(), partitions);
    }
}
