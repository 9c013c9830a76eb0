package dev.assay.app.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** That the checks in a browser would notice what they are there to notice. */
@ExtendWith(BrowserExtension.class)
class BrowserTest {
    private static final String START =
            "<!doctype html><html lang=en><meta charset=utf-8><title>Test</title><body><main><h1>Hello</h1>";

    @TempDir
    Path folder;

    @Test
    void findsNothingWrongWithAPlainPage(Browser browser) throws IOException {
        browser.open(page("<p id=p>text</p>"));

        assertThat(browser.find("#p").getText()).isEqualTo("text");
        assertThat(browser.screenshot("browser")).isNotEmptyFile();
        browser.noConsoleErrors();
        browser.noForeignRequests();
        browser.noSeriousAccessibilityProblems();
        browser.noSidewaysScrolling();
    }

    @Test
    void noticesAnErrorOfAScript(Browser browser) throws IOException {
        browser.open(page("<script>throw new Error('broken')</script>"));

        assertThatThrownBy(browser::noConsoleErrors)
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("broken");
    }

    @Test
    void noticesAPictureWithoutWords(Browser browser) throws IOException {
        browser.open(page("<img src='data:image/gif;base64,R0lGODlhAQABAAAAACw='>"));

        assertThatThrownBy(browser::noSeriousAccessibilityProblems)
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("image-alt");
    }

    private Path page(String content) throws IOException {
        return Files.writeString(folder.resolve("page.html"), START + content + "</main></body></html>");
    }
}
