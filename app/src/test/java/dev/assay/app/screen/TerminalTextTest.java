package dev.assay.app.screen;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.app.cli.CommandRun;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a file brings along is shown by the terminal, never obeyed. */
class TerminalTextTest {
    /** Sets the title of the window, clears the screen, goes up a line, and hides what follows. */
    private static final String HOSTILE = "\u001b]0;mine\u0007\u001b[2J\u001b[1A\u001b[8m\u009b31m\u202egnp";

    @TempDir
    private Path folder = Path.of("");

    @Test
    void whatIsNotSeenIsWrittenAsItsNumber() {
        assertThat(TerminalText.line("a\u001b[2J\r\n\tb\u0000\u009b\u202e\u2028ü 日本 \ud83d\ude00"))
                .isEqualTo("a\\u001b[2J\\u000d\\u000a\\u0009b\\u0000\\u009b\\u202e\\u2028ü 日本 \ud83d\ude00");
    }

    @Test
    void linesAndTabsOfAWriterStay() {
        StringWriter terminal = new StringWriter();
        PrintWriter out = TerminalText.writer(new PrintWriter(terminal));
        out.print("a\tb\n");
        out.write('\u001b');
        out.write("c\u0007d".toCharArray(), 1, 2);
        out.flush();

        assertThat(terminal).hasToString("a\tb\n\\u001b\\u0007d");
    }

    @Test
    void namesLabelsAndValuesOfAFileAreShown() throws IOException {
        Random random = new Random(3);
        StringBuilder text = new StringBuilder("a,\"" + HOSTILE + "\nb\",y\n");
        for (int row = 0; row < 200; row++) {
            double a = random.nextGaussian();
            text.append(a).append(',').append(random.nextGaussian()).append(',');
            text.append(a + 0.5 * random.nextGaussian() > 0 ? HOSTILE : "fine").append('\n');
        }
        Path data = Files.writeString(folder.resolve(HOSTILE.replace("/", "") + ".csv"), text);

        harmless(CommandRun.of("run", data, "--label", "y", "--out", folder.resolve("out")), 0);
        harmless(CommandRun.of("diagnose", data, "--label", HOSTILE + "\nb"), 0);
        harmless(CommandRun.of("diagnose", data, "--label", HOSTILE), 2);
        harmless(CommandRun.of("diagnose", data, "--label", "y", "--drop", HOSTILE), 2);
        harmless(CommandRun.of("diagnose", folder.resolve("no" + HOSTILE), "--label", "y"), 2);
        harmless(CommandRun.of("diagnose", data, HOSTILE), 2);
        harmless(CommandRun.of(HOSTILE), 2);
        harmless(CommandRun.of("diagnose", data, "--" + HOSTILE), 2);
        harmless(CommandRun.of("diagnose", data, "--label", "y", "--seed", HOSTILE), 2);
    }

    @Test
    void theHeaderOfAnArrayIsShown() throws IOException {
        byte[] header = ("{'descr': '" + HOSTILE + "', 'fortran_order': False, 'shape': (1,), }\n")
                .getBytes(StandardCharsets.ISO_8859_1);
        ByteBuffer file = ByteBuffer.allocate(10 + header.length).order(ByteOrder.LITTLE_ENDIAN);
        file.put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0})
                .putShort((short) header.length)
                .put(header);
        Path array = Files.write(folder.resolve("x.npy"), file.array());

        harmless(CommandRun.of("diagnose", array, "--labels", array), 2);
    }

    private static void harmless(CommandRun run, int status) {
        assertThat(run.status()).as(run.err()).isEqualTo(status);
        assertThat(run.out() + run.err()).doesNotContainPattern("[\\p{Cntrl}\\p{Cf}&&[^\n]]");
        if (status == 2) {
            assertThat(run.errorLines()).hasSize(1);
        }
    }
}
