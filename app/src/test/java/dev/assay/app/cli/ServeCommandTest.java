package dev.assay.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What assay serve cannot do ends with one line, before anything is made. */
class ServeCommandTest {
    @TempDir
    private Path folder = Path.of("");

    @Test
    void whatCannotBeServedIsOneLine() throws IOException {
        Path file = Files.writeString(folder.resolve("mine.csv"), "x,y\n");

        refused("is a file, expected a folder of runs", file);
        refused("--port is 70000, expected 0 to 65535", folder, "--port", "70000");
        refused("--max-upload is 'much'", folder, "--max-upload", "much");
        refused("--token has 5 characters, expected at least 8", folder, "--token", "short");
        refused("expected at least 8 of letters", folder, "--token", "with;a;semicolon");
        refused("--threads is 0, expected at least 1", folder, "--threads", "0");
        refused("there is no folder", folder, folder.resolve("no-such"));
        assertThat(folder).isDirectoryNotContaining("glob:**runs");
    }

    @Test
    void aPortThatIsNamedAndTakenIsSaid() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            refused("port " + taken.getLocalPort() + ": it is taken", folder, "--port", taken.getLocalPort());
        }
    }

    @Test
    void columnsOfAServedCommandLineMayLookLikeOptions() {
        ServedCommands commands = new ServedCommands();

        assertThat(commands.understood(List.of("run", "/data/mine.csv", "--label=--out", "--drop=a\\,b", "--out=x"))
                        .input()
                        .reading()
                        .label())
                .isEqualTo("--out");
        assertThat(commands.understood(List.of(
                                "run", "/data/mine.csv", "--label=y", "--drop=a\\,b\\\\", "--drop=c,d", "--out=x"))
                        .input()
                        .reading()
                        .drop())
                .containsExactly("a,b\\", "c", "d");
        assertThat(commands.understood(List.of("divide", "/data/mine.csv", "--label=y", "--source=s", "--out=x"))
                        .input()
                        .reading()
                        .source())
                .isEqualTo("s");
    }

    private static void refused(String part, Object... words) {
        Object[] line = new Object[words.length + 1];
        line[0] = "serve";
        System.arraycopy(words, 0, line, 1, words.length);
        CommandRun run = CommandRun.of(line);

        assertThat(run.status()).as(run.err()).isEqualTo(2);
        assertThat(run.errorLines())
                .singleElement()
                .asString()
                .startsWith("assay serve: ")
                .contains(part);
        assertThat(run.out()).isEmpty();
    }
}
