package dev.assay.app.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Another web page, open in the same browser, cannot drive Assay: not even one of this machine, which gets the cookie too. */
@ExtendWith(BrowserExtension.class)
class ForeignPageTest {
    private static final String PAGE = """
            <!doctype html><html lang="en"><meta charset="utf-8"><title>Another page</title>
            <iframe name="answer" title="answer"></iframe>
            <form method="post" target="answer" enctype="text/plain" action="ASSAYapi/runs">
              <input name='{"command":"diagnose","path":"TABLE","options":{"label":"y"},"x":"' value='"}'>
            </form>
            <iframe name="framed" title="framed" src="ASSAY"></iframe>
            <script>
              const body = JSON.stringify({command: 'diagnose', path: 'TABLE', options: {label: 'y'}});
              const tries = [
                fetch('ASSAYapi/runs', {method: 'POST', body, credentials: 'include', headers: {'Content-Type': 'application/json'}}),
                fetch('ASSAYapi/runs', {method: 'POST', body, credentials: 'include', mode: 'no-cors'}),
                fetch('ASSAYapi/runs', {credentials: 'include'}).then(answer => answer.text()),
              ];
              document.forms[0].submit();
              Promise.allSettled(tries).then(all => document.title = all.map(one => one.status).join(' '));
            </script>
            """;

    @TempDir
    Path folder;

    @Test
    void anotherPageStartsAndReadsNothing(Browser browser) throws IOException, InterruptedException {
        Path table = SampleFiles.table(folder.resolve("table.csv"), 60, 1);
        HttpServer other = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        try (ServedAssay assay = ServedAssay.start(Files.createDirectory(folder.resolve("runs")))) {
            byte[] page = PAGE.replace("ASSAY", assay.screen(""))
                    .replace("TABLE", table.toString())
                    .getBytes(StandardCharsets.UTF_8);
            other.createContext("/", exchange -> {
                exchange.getResponseHeaders().add("Content-Type", "text/html; charset=utf-8");
                exchange.sendResponseHeaders(200, page.length);
                exchange.getResponseBody().write(page);
                exchange.close();
            });
            other.start();
            browser.fresh();
            browser.open(assay.invitation());
            browser.see("There is no run yet.");
            browser.open("http://127.0.0.1:" + other.getAddress().getPort() + "/");
            browser.await("the end of its tries", page1 -> page1.getTitle().contains("ed"));

            assertThat(browser.driver().getTitle())
                    .as("asking for JSON, writing blindly, and reading the list")
                    .matches("rejected (fulfilled|rejected) rejected");
            assertThat(assay.get("runs").path("runs")).isEmpty();
            browser.open(assay.screen("#/runs"));
            browser.see("There is no run yet.");
        } finally {
            other.stop(0);
        }
    }
}
