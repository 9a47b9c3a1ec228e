package dev.gavel.localstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gavel.broker.Manifests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GatewayRoutesTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({
        "GET,/v1/things,list",
        "POST,/v1/things,make",
        "GET,/v1/things/me,mine",
        "GET,/v1/things/7,one",
        "GET,/v1/things/7/parts,rest",
        "DELETE,/v1/things/7/parts,rest",
        "GET,/v1/thingsandmore,",
        "PUT,/v1/things,rest",
        "GET,/v1,"
    })
    void theMostSpecificRouteTakesARequest(String method, String path, String service) throws IOException {
        GatewayRoutes routes = routes("""
                - matches: [{method: GET, path: {type: Exact, value: /v1/things}}]
                  backendRefs: [{name: list, port: 80}]
                - matches: [{method: POST, path: {type: Exact, value: /v1/things}}]
                  backendRefs: [{name: make, port: 80}]
                - matches: [{path: {type: PathPrefix, value: /v1/things/}}]
                  backendRefs: [{name: rest, port: 80}]
                - matches: [{method: GET, path: {type: RegularExpression, value: "/v1/things/[^/]+$"}}]
                  backendRefs: [{name: one, port: 80}]
                - matches: [{method: GET, path: {type: Exact, value: /v1/things/me}}]
                  backendRefs: [{name: mine, port: 80}]
                """);
        assertThat(routes.find(method, path).map(GatewayRoute::service).orElse(null))
                .isEqualTo(service);
    }

    @Test
    void aPathIsToldTheMethodsItTakes() throws IOException {
        GatewayRoutes routes = routes("""
                - matches: [{method: GET, path: {type: Exact, value: /v1/things}}]
                  backendRefs: [{name: list, port: 80}]
                - matches: [{method: POST, path: {type: Exact, value: /v1/things}}]
                  backendRefs: [{name: make, port: 80}]
                """);
        assertThat(routes.find("PUT", "/v1/things")).isEmpty();
        assertThat(routes.methods("/v1/things")).containsExactly("GET", "POST");
        assertThat(routes.methods("/v1/other")).isEmpty();
    }

    @Test
    void whatItCannotDoIsSaidWithFileAndName() {
        assertThatThrownBy(() -> routes("- matches: [{path: {type: Magic, value: /}}]\n  backendRefs: [{name: x}]"))
                .isInstanceOf(StartFailure.class)
                .hasMessageContaining("things")
                .hasMessageContaining("Magic");
    }

    private GatewayRoutes routes(String rules) throws IOException {
        String head = """
                apiVersion: gateway.networking.k8s.io/v1
                kind: HTTPRoute
                metadata: {name: things, namespace: gavel}
                spec:
                  rules:
                """;
        Files.writeString(folder.resolve("things.yaml"), head + rules.indent(4));
        return GatewayRoutes.read(Manifests.read("gavel", List.of(folder)));
    }
}
