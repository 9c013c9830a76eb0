package dev.assay.app.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nobody but the user of this machine, and no page but ours, is answered. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("StringConcatToTextBlock") // a request line is easier to read in one line
class AccessTest {
    private Served served;
    private Path workspace;

    @BeforeAll
    void start(@TempDir Path folder) {
        workspace = folder.resolve("runs");
        served = Served.in(workspace);
    }

    @AfterAll
    void end() {
        served.close();
    }

    @Test
    void withoutTheTokenNothingIsTold() {
        for (String path : new String[] {"/", "/page.js", "/api/status", "/api/runs", "/api/nothing"}) {
            String answer = served.raw("GET " + path + " HTTP/1.1\nHost: 127.0.0.1:PORT\nConnection: close\n\n");
            assertThat(answer).as(path).startsWith("HTTP/1.1 401 ");
        }
        assertThat(served.raw("GET /api/runs HTTP/1.1\nHost: 127.0.0.1:PORT\nConnection: close\n"
                        + "Authorization: Bearer wrong\n\n"))
                .startsWith("HTTP/1.1 401 ")
                .contains("{\"error\":\"the token is missing or wrong");
        assertThat(served.raw("GET /api/runs?token=" + Served.TOKEN
                        + " HTTP/1.1\nHost: 127.0.0.1:PORT\nConnection: close\n\n"))
                .startsWith("HTTP/1.1 401 ");
    }

    @Test
    void theAddressThatWasPrintedSetsACookieThatIsEnough() {
        String answer =
                served.raw("GET /?token=" + Served.TOKEN + " HTTP/1.1\nHost: localhost:PORT\nConnection: close\n\n");

        assertThat(answer)
                .startsWith("HTTP/1.1 303 ")
                .contains("Location: /\r\n")
                .contains("Set-Cookie: assay-" + served.server().port() + "=" + Served.TOKEN
                        + "; Path=/; HttpOnly; SameSite=Strict");
        assertThat(served.raw("GET /api/status HTTP/1.1\nHost: localhost:PORT\nConnection: close\nCookie: assay-"
                        + served.server().port() + "=" + Served.TOKEN + "\n\n"))
                .startsWith("HTTP/1.1 200 ");
        assertThat(served.raw("GET /api/status HTTP/1.1\nHost: localhost:PORT\nConnection: close\nCookie: assay-1="
                        + Served.TOKEN + "\n\n"))
                .startsWith("HTTP/1.1 401 ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Host: evil.example:PORT",
                "Host: 127.0.0.1",
                "Host: 127.0.0.1:1",
                "Host: 127.0.0.1:PORT\nOrigin: http://evil.example",
                "Host: 127.0.0.1:PORT\nOrigin: null",
                "Host: 127.0.0.1:PORT\nOrigin: https://127.0.0.1:PORT",
                "Host: 127.0.0.1:PORT\nSec-Fetch-Site: cross-site",
                "Host: 127.0.0.1:PORT\nSec-Fetch-Site: same-site\nSec-Fetch-Mode: navigate\nSec-Fetch-Dest: iframe"
            })
    void otherNamesAndOtherPagesAreRefused(String headers) {
        String answer = served.raw("GET /api/runs HTTP/1.1\n" + headers + "\nConnection: close\nAuthorization: Bearer "
                + Served.TOKEN + "\n\n");

        assertThat(answer).startsWith("HTTP/1.1 403 ").contains("{\"error\":");
    }

    @Test
    void aLinkOnAnotherPageMayBeFollowedButNotPosted() {
        String headers = " HTTP/1.1\nHost: 127.0.0.1:PORT\nConnection: close\nAuthorization: Bearer " + Served.TOKEN
                + "\nSec-Fetch-Site: cross-site\nSec-Fetch-Mode: navigate\nSec-Fetch-Dest: document\n";

        assertThat(served.raw("GET /api/status" + headers + "\n")).startsWith("HTTP/1.1 200 ");
        assertThat(served.raw("POST /api/runs" + headers + "Content-Length: 0\n\n"))
                .startsWith("HTTP/1.1 403 ");
    }

    @Test
    void ourOwnPageIsAnswered() {
        assertThat(served.raw(
                        "GET /api/status HTTP/1.1\nHost: LOCALHOST:PORT\nConnection: close\nAuthorization: Bearer "
                                + Served.TOKEN + "\nOrigin: http://localhost:PORT\nSec-Fetch-Site: same-origin\n\n"))
                .startsWith("HTTP/1.1 200 ");
    }

    @Test
    void everyAnswerSaysWhatABrowserMayDoWithIt() {
        HttpResponse<String> api = served.get("/api/status");

        assertThat(api.headers().map().get("content-security-policy"))
                .containsExactly("default-src 'none'; base-uri 'none'; frame-ancestors 'none'");
        assertThat(api.headers().firstValue("x-content-type-options")).contains("nosniff");
        assertThat(api.headers().firstValue("referrer-policy")).contains("no-referrer");
        assertThat(api.headers().firstValue("cache-control")).contains("no-store");
        assertThat(api.headers().firstValue("cross-origin-resource-policy")).contains("same-origin");
        assertThat(api.headers().firstValue("access-control-allow-origin")).isEmpty();
        assertThat(api.headers().firstValue("server")).isEmpty();
        HttpResponse<String> page = served.get("/");
        assertThat(page.headers().firstValue("content-security-policy").orElse(""))
                .startsWith("default-src 'none'; script-src 'self'; style-src 'self';")
                .doesNotContain("unsafe");
    }

    @Test
    void whatIsNotThereIsOneJsonLine() {
        assertThat(served.get("/api/nothing").statusCode()).isEqualTo(404);
        assertThat(served.get("/api/nothing").body()).isEqualTo("{\"error\":\"there is nothing at /api/nothing\"}");
        assertThat(served.put("/api/runs", "{}").statusCode()).isEqualTo(405);
        assertThat(served.get("/api/runs/r-00").statusCode()).isEqualTo(404);
        assertThat(served.errors()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/runs/%2e%2e/record",
                "/api/runs/..%2f..%2f..%2fetc/record",
                "/api/runs/%2fetc/files/passwd",
                "/api/runs/../../etc/passwd",
                "/..%2f..%2fetc/passwd",
                "/%2e%2e/%2e%2e/etc/passwd",
                "/page.js/../../etc/passwd",
                "/api/runs/r-1/files/..%5c..%5crun.json",
                "/api/runs/%00/record",
                "//etc/passwd"
            })
    void noPathLeadsOutside(String path) {
        String answer = served.raw("GET " + path + " HTTP/1.1\nHost: 127.0.0.1:PORT\nConnection: close\nAuthorization:"
                + " Bearer " + Served.TOKEN + "\n\n");

        assertThat(answer).containsPattern("^HTTP/1.1 (400|404) ").doesNotContain("root:", "\tat ");
    }

    @Test
    void lookingMakesNothing() {
        served.get("/api/runs");

        assertThat(Files.exists(workspace)).isFalse();
    }

    @Test
    void nonsenseOnTheWireIsAnsweredInOneLine() {
        assertThat(served.raw("NONSENSE\n\n")).startsWith("HTTP/1.1 400 ").doesNotContain("\tat ", "jetty");
    }
}
