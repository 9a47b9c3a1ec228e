package dev.gavel.localstack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The pages are served, and nothing else of this machine is.
class WebFilesTest {

    @TempDir
    private Path folder;

    private WebFiles files;

    @BeforeEach
    void someFilesInAndOutsideOfTheFolder() throws IOException {
        Path web = folder.resolve("web");
        write("web/index.html", "first");
        write("web/sell.html", "sell");
        write("web/assets/js/page.js", "js");
        write("web/assets/css/gavel.css", "css");
        write("web/pictures/demo/camera-1.svg", "<svg/>");
        write("web/pom.xml", "secret");
        write("web/src/test/Secret.java", "secret");
        write("web/assets/.env", "secret");
        write("web/assets/notes.txt", "secret");
        write("secret.html", "secret");
        write("web/sw.js", "worker");
        write("web/other.js", "other");
        write("other/secret.js", "secret");
        Files.createSymbolicLink(web.resolve("linked.html"), folder.resolve("secret.html"));
        Files.createSymbolicLink(web.resolve("assets/linked"), folder.resolve("other"));
        files = new WebFiles(web, Optional::empty);
    }

    @ParameterizedTest
    @CsvSource({
        "/,text/html;charset=utf-8,first",
        "/sell.html,text/html;charset=utf-8,sell",
        "/sw.js,text/javascript;charset=utf-8,worker",
        "/assets/js/page.js,text/javascript;charset=utf-8,js",
        "/assets/css/gavel.css,text/css;charset=utf-8,css",
        "/pictures/demo/camera-1.svg,image/svg+xml,<svg/>"
    })
    void whatIsThereIsFoundWithItsType(String path, String type, String text) throws IOException {
        WebFiles.Found found = files.find(path).orElseThrow();
        assertThat(found.type()).isEqualTo(type);
        assertThat(new String(found.bytes(), StandardCharsets.UTF_8)).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/../secret.html",
                "/..%2fsecret.html",
                "/%2e%2e/secret.html",
                "/assets/../../secret.html",
                "/assets/..%2f..%2fsecret.html",
                "/assets/%2e%2e/%2e%2e/secret.html",
                "/assets/..\\..\\secret.html",
                "/assets//../secret.html",
                "/assets/js/page.js%00.html",
                "/assets/js/page.js/",
                "/assets",
                "/assets/",
                "/assets/.env",
                "/assets/notes.txt",
                "/assets/missing.js",
                "/pom.xml",
                "/other.js",
                "/assets/../sw.js",
                "/src/test/Secret.java",
                "/linked.html",
                "/assets/linked/secret.js",
                "//secret.html",
                "secret.html",
                ""
            })
    void nothingElseIs(String path) throws IOException {
        assertThat(files.find(path)).isEmpty();
    }

    @Test
    void theSecretWouldBeFoundIfItWereAPage() throws IOException {
        write("web/secret.html", "secret");
        assertThat(files.find("/secret.html")).isPresent();
    }

    @Test
    void whatIsTooLargeIsNotServed() throws IOException {
        byte[] large = new byte[4 * 1024 * 1024 + 1];
        Arrays.fill(large, (byte) 'x');
        Files.write(folder.resolve("web/large.html"), large);
        assertThat(files.find("/large.html")).isEmpty();
    }

    @Test
    void anotherContentHasAnotherValidator() throws IOException {
        Optional<WebFiles.Found> before = files.find("/sell.html");
        write("web/sell.html", "more");
        assertThat(files.find("/sell.html").orElseThrow().etag())
                .isNotEqualTo(before.orElseThrow().etag());
    }

    @Test
    void pagesComeWithTheirProtectionAndAreAskedForAgain() {
        Api nobody = new Api(RunningPlatform.shared().url(), null);
        Api.Answer page = nobody.get("/");
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.response().body()).startsWith("<!doctype html>");
        assertThat(page.header("content-security-policy"))
                .hasValueSatisfying(policy -> assertThat(policy)
                        .contains("default-src 'none'", "script-src 'self'", "worker-src 'self'")
                        .doesNotContain("unsafe"));
        assertThat(page.header("x-content-type-options")).hasValue("nosniff");
        assertThat(page.header("cache-control")).hasValue("no-cache");
        String etag = page.header("etag").orElseThrow();
        Api.Answer again =
                Api.send(nobody.request("/").header("if-none-match", etag).build());
        assertThat(again.status()).isEqualTo(304);
        assertThat(again.response().body()).isEmpty();
    }

    @Test
    void aBrowserThatIsLostGetsAPageAndAProgramAProblem() {
        Api nobody = new Api(RunningPlatform.shared().url(), null);
        for (String path : new String[] {"/nowhere", "/nowhere.html", "/assets/nowhere.js"}) {
            Api.Answer page = Api.send(
                    nobody.request(path).header("accept", "text/html,*/*").build());
            assertThat(page.status()).isEqualTo(404);
            assertThat(page.header("content-type")).hasValue("text/html;charset=utf-8");
            Api.Answer problem = nobody.get(path);
            assertThat(problem.status()).isEqualTo(404);
            assertThat(problem.header("content-type")).hasValue("application/problem+json");
        }
    }

    @Test
    void pagesAreOnlyRead() {
        Api nobody = new Api(RunningPlatform.shared().url(), null);
        Api.Answer posted = Api.send(nobody.request("/sell.html")
                .POST(HttpRequest.BodyPublishers.ofString("x"))
                .build());
        assertThat(posted.status()).isEqualTo(405);
        assertThat(posted.header("allow")).hasValue("GET, HEAD");
        Api.Answer head = Api.send(nobody.request("/sell.html")
                .method("HEAD", HttpRequest.BodyPublishers.noBody())
                .build());
        assertThat(head.status()).isEqualTo(200);
        assertThat(head.response().body()).isEmpty();
    }

    private void write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
