package dev.assay.app.web.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SpreadsheetTextTest {
    @ParameterizedTest
    @ValueSource(strings = {"=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "'=1", "-", "+ 5"})
    void whatASpreadsheetWouldRunIsText(String text) {
        assertThat(SpreadsheetText.safe(text)).isEqualTo("'" + text);
        assertThat(SpreadsheetText.plain(SpreadsheetText.safe(text))).isEqualTo(text);
    }

    @Test
    void aCopyOfATableIsSafeAndOtherwiseTheSame() throws IOException {
        String table = "row,id,p_a,label\r\n0,=1+1,-0.5,\"=2,\"\"x\"\"\"\n1,a;=3,1e-9,\"b\n@SUM(A1)\"\n2,ü,+7,-x";

        assertThat(copy(table))
                .isEqualTo(
                        "row,id,p_a,label\r\n0,'=1+1,-0.5,\"'=2,\"\"x\"\"\"\n1,a;'=3,1e-9,\"b\n'@SUM(A1)\"\n2,ü,+7,'-x");
        String plain = "row,id\n0,\"a, \"\"b\"\"\"\n1,\"\"\n\n2";
        assertThat(copy(plain)).isEqualTo(plain);
        String torn = "row,id\n0,\"=1";
        assertThat(copy(torn)).isEqualTo("row,id\n0,\"'=1");
        String large = "=" + "x".repeat(3_000_000);
        assertThat(copy(large + ",=1\n")).isEqualTo("'" + large + ",'=1\n");
    }

    private static String copy(String table) throws IOException {
        try (InputStream copy = new SpreadsheetCopy(new ByteArrayInputStream(table.getBytes(StandardCharsets.UTF_8)))) {
            return new String(copy.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1.5", "+3", "1e-9", "-.5", "plain", "a=b", " =1"})
    void numbersAndOtherTextsStayAsTheyAre(String text) {
        assertThat(SpreadsheetText.safe(text)).isEqualTo(text);
    }
}
