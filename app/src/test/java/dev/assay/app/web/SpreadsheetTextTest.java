package dev.assay.app.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SpreadsheetTextTest {
    @ParameterizedTest
    @ValueSource(strings = {"=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "'=1", "-", "+ 5"})
    void whatASpreadsheetWouldRunIsText(String text) {
        assertThat(SpreadsheetText.safe(text)).isEqualTo("'" + text);
        assertThat(SpreadsheetText.plain(SpreadsheetText.safe(text))).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1.5", "+3", "1e-9", "-.5", "plain", "a=b", " =1"})
    void numbersAndOtherTextsStayAsTheyAre(String text) {
        assertThat(SpreadsheetText.safe(text)).isEqualTo(text);
    }
}
