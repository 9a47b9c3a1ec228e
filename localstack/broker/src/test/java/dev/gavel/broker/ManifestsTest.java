package dev.gavel.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ManifestsTest {
    private static final String BROKER = """
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: kafka, namespace: shop}
            data: {bootstrap.servers: "kafka:9092", default.topic.partitions: "12", default.topic.replication.factor: "3"}
            ---
            apiVersion: eventing.knative.dev/v1
            kind: Broker
            metadata:
              name: bids
              namespace: shop
              annotations: {eventing.knative.dev/broker.class: Kafka}
            spec:
              config: {apiVersion: v1, kind: ConfigMap, name: kafka, namespace: shop}
              delivery:
                retry: 5
                backoffPolicy: linear
                backoffDelay: PT0.5S
                timeout: PT30S
                deadLetterSink:
                  ref: {apiVersion: serving.knative.dev/v1, kind: Service, name: morgue}
            """;
    private static final String TRIGGER = """
            apiVersion: eventing.knative.dev/v1
            kind: Trigger
            metadata:
              name: place-bid
              namespace: shop
              annotations: {kafka.eventing.knative.dev/delivery.order: ordered}
            spec:
              broker: bids
              filters:
                - exact: {type: bid}
              subscriber:
                ref: {apiVersion: serving.knative.dev/v1, kind: Service, name: place-bid}
                uri: /placeBid
            """;
    private static final String GENERATOR = """
            kind: Kustomization
            configMapGenerator:
              - name: settings
                envs: [settings.env]
            """;
    private static final String SERVICE = """
            apiVersion: serving.knative.dev/v1
            kind: Service
            metadata: {name: place-bid}
            spec:
              template:
                spec:
                  containers:
                    - env:
                        - {name: PREFIX, value: mine}
                        - {name: KEY, valueFrom: {secretKeyRef: {name: keys, key: key}}}
                      envFrom:
                        - configMapRef: {name: settings}
            """;
    private static final String PING = """
            apiVersion: sources.knative.dev/v1
            kind: PingSource
            metadata: {name: tick, namespace: shop}
            spec:
              schedule: "*/5 * * * * *"
              timezone: Europe/London
              contentType: application/json
              data: '{"kind":"close-due"}'
              ceOverrides: {extensions: {partitionkey: tick}}
              sink:
                ref: {apiVersion: v1, kind: Service, name: close}
                uri: /closeDue
            """;

    @TempDir
    private Path folder;

    @Test
    void aBrokerHasTheTopicOfTheClusterAndThePartitionsOfItsConfigMap() throws IOException {
        var broker = read(BROKER).brokers().getFirst();
        assertThat(broker.topic()).isEqualTo("knative-broker-shop-bids");
        assertThat(broker.partitions()).isEqualTo(12);
        assertThat(broker.delivery().retry()).isEqualTo(5);
        assertThat(broker.delivery().backoffPolicy()).isEqualTo(Delivery.BackoffPolicy.LINEAR);
        assertThat(broker.delivery().backoffDelay()).isEqualTo(Duration.ofMillis(500));
        assertThat(broker.delivery().timeout()).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void aTriggerWithoutDeliveryTakesThatOfTheBroker() throws IOException {
        var trigger = read(BROKER, TRIGGER).triggers().getFirst();
        assertThat(trigger.group()).isEqualTo("knative-trigger-shop-place-bid");
        assertThat(trigger.ordered()).isTrue();
        assertThat(trigger.delivery()).isEqualTo(trigger.broker().delivery());
        assertThat(trigger.subscriber())
                .isEqualTo(new Destination.Subscriber("serving.knative.dev/v1", "shop", "place-bid", "/placeBid"));
        assertThat(trigger.subscriber().clusterUri())
                .isEqualTo(URI.create("http://place-bid.shop.svc.cluster.local/placeBid"));
    }

    @Test
    void theDeliveryOfATriggerReplacesThatOfTheBrokerWholeWithItsDeadLetterSink() throws IOException {
        var delivery = read(BROKER, TRIGGER + "  delivery: {retry: 1}\n")
                .triggers()
                .getFirst()
                .delivery();
        assertThat(delivery.retry()).isEqualTo(1);
        assertThat(delivery.deadLetterSink()).isEmpty();
        assertThat(delivery.timeout()).isEqualTo(Delivery.DEFAULT.timeout());
        assertThat(delivery.backoffPolicy()).isEqualTo(Delivery.BackoffPolicy.EXPONENTIAL);
    }

    @Test
    void aPingSourceIsReadWithSecondsZoneDataAndExtensions() throws IOException {
        var ping = read(PING).pingSources().getFirst();
        assertThat(ping.source()).isEqualTo("/apis/v1/namespaces/shop/pingsources/tick");
        assertThat(ping.schedule()).hasToString("*/5 * * * * *");
        assertThat(ping.zone()).hasToString("Europe/London");
        assertThat(new String(ping.data(), StandardCharsets.UTF_8)).isEqualTo("{\"kind\":\"close-due\"}");
        assertThat(ping.extensions()).containsEntry("partitionkey", "tick");
        assertThat(ping.sink()).isEqualTo(new Destination.Subscriber("v1", "shop", "close", "/closeDue"));
    }

    @Test
    void otherKindsAreKeptForOthersAndNotRead() throws IOException {
        var manifests = read("""
                apiVersion: serving.knative.dev/v1
                kind: Service
                metadata: {name: place-bid}
                spec: {anything: [goes, {here: true}]}
                ---
                apiVersion: kustomize.config.k8s.io/v1beta1
                kind: Kustomization
                resources: [a.yaml]
                ---
                """);
        assertThat(manifests.documents()).extracting(Document::kind).containsExactly("Service", "Kustomization");
        var service = manifests.documents("Service").getFirst();
        assertThat(service.namespace()).isEqualTo("default");
        assertThat(service.at("spec", "anything")).isInstanceOf(List.class);
        assertThat(service.at("spec", "nothing", "below")).isNull();
    }

    @Test
    void theNamespaceOfDocumentsThatSayNoneCanBeGiven() throws IOException {
        Files.writeString(
                folder.resolve("b.yml"), BROKER.replace(", namespace: shop", "").replace("  namespace: shop\n", ""));
        assertThat(Manifests.read("market", List.of(folder)).brokers())
                .extracting(Broker::namespace)
                .containsExactly("market");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    exact: {type: bid}       | exactly: {type: bid}                      | exactly is not a filter dialect; use one of exact, prefix
                    exact: {type: bid}       | {exact: {type: b}, suffix: {type: d}}     | exact and suffix stand in one filter
                    exact: {type: bid}       | exact: {}                                 | needs attributes
                    exact: {type: bid}       | all: []                                   | needs at least one filter
                    exact: {type: bid}       | cesql: "type = = 'x'"                     | is not CloudEvents SQL
                    broker: bids             | broker: nobody                            | names the Broker shop/nobody, which none of the files declares
                    filters:                 | filterz:                                  | spec.filterz is not known here
                    order: ordered           | order: sorted                             | must say 'kafka.eventing.knative.dev/delivery.order: ordered'
                    kind: Service, name      | kind: Deployment, name                    | must be a Service
                    uri: /placeBid           | uri: http://other/place                   | must be a path
                    ref: {apiVersion: serving.knative.dev/v1, kind: Service, name: place-bid} | uri: placeBid | this is not YAML
                    spec:                    | spec: {delivery: {retry: -1}, x: y}       | this is not YAML
                    retry: 5                 | retry: many                               | spec.delivery.retry must be a whole number, not 'many'
                    retry: 5                 | retry: -5                                 | must not be negative
                    retry: 5                 | retries: 5                                | spec.delivery.retries is not known here
                    backoffDelay: PT0.5S     | backoffDelay: 500ms                       | spec.delivery.backoffDelay must be an ISO 8601 duration such as PT0.5S, not '500ms'
                    timeout: PT30S           | timeout: PT-1S                            | must not be negative
                    backoffPolicy: linear    | backoffPolicy: random                     | must be linear or exponential, not 'random'
                    class: Kafka             | class: MTChannelBasedBroker               | the only class here
                    ConfigMap, name: kafka   | ConfigMap, name: other                    | names the ConfigMap shop/other, which none of the files declares
                    partitions: "12"         | partitions: "0"                           | default.topic.partitions must be 1 or more
                    kind: Service, name: morgue | kind: Broker, name: morgue              | must be a Service
                    serving.knative.dev/v1, kind: Service, name: morgue | eventing.knative.dev/v1, kind: Broker, name: morgue | sends to the Broker shop/morgue
                    */5 * * * * *            | */5 * *                                   | spec.schedule cannot be read: the schedule '*/5 * *' must have five fields
                    */5 * * * * *            | 0 0 31 2 *                                | spec.schedule never comes
                    Europe/London            | Europe/Atlantis                           | spec.timezone is not a time zone
                    data: '                  | dataBase64: '                             | spec.dataBase64 is not base64
                    """)
    void aMistakeIsOneSentenceThatNamesFileAndResource(String right, String wrong, String sentence) throws IOException {
        var all = String.join("---\n", BROKER, TRIGGER, PING);
        assertThat(all).as("the mistake changes something").contains(right);
        assertThat(read(all).triggers()).as("the control is right").hasSize(1);
        assertThatExceptionOfType(WrongManifest.class)
                .isThrownBy(() -> read(all.replace(right, wrong)))
                .satisfies(e -> assertThat(e.getMessage())
                        .startsWith(folder.resolve("0.yaml").toString())
                        .contains(sentence)
                        .endsWith(".")
                        .doesNotContain("Exception"));
    }

    @Test
    void theSameResourceTwiceIsRefused() {
        assertThatExceptionOfType(WrongManifest.class)
                .isThrownBy(() -> read(BROKER, BROKER.replace("name: bids", "name: bids # again")))
                .withMessageContaining("Broker shop/bids: is already declared in");
    }

    @Test
    void aPlaceThatIsNotThereIsRefused() {
        assertThatExceptionOfType(WrongManifest.class)
                .isThrownBy(() -> Manifests.read(folder.resolve("nowhere")))
                .withMessageContaining("there is no such file or folder");
    }

    @Test
    void aContainerHasTheVariablesOfTheConfigMapThatWouldBeGenerated() throws IOException {
        Files.writeString(folder.resolve("settings.env"), "# why\n\nREGION=here\nPREFIX=a=b\n");
        var manifests = read(GENERATOR, SERVICE);
        var service = manifests.documents("Service").getFirst();

        assertThat(manifests.environment(service))
                .containsOnly(Map.entry("REGION", "here"), Map.entry("PREFIX", "mine"));
        assertThat(manifests.variables(service)).containsExactly("KEY", "PREFIX", "REGION");
    }

    @Test
    void aConfigMapThatIsNotThereAndALineThatIsNoSettingAreRefused() throws IOException {
        var without = read(SERVICE);
        assertThatExceptionOfType(WrongManifest.class)
                .isThrownBy(
                        () -> without.environment(without.documents("Service").getFirst()))
                .withMessageContaining("the ConfigMap settings, which none of the files declares or generates");

        Files.writeString(folder.resolve("settings.env"), "REGION\n");
        assertThatExceptionOfType(WrongManifest.class)
                .isThrownBy(() -> read(GENERATOR))
                .withMessageContaining("'REGION' must say NAME=value");
    }

    private Manifests read(String... files) throws IOException {
        for (var n = 0; n < files.length; n++) {
            Files.writeString(folder.resolve(n + ".yaml"), files[n]);
        }
        return Manifests.read(folder);
    }
}
