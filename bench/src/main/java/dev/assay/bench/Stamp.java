package dev.assay.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** What measured numbers are stamped with. */
final class Stamp {
    private Stamp() {}

    /** Threads, processors, operating system and Java, in one line. */
    static String machine(int threads) {
        return threads + " threads, " + Runtime.getRuntime().availableProcessors() + " processors ("
                + System.getProperty("os.arch") + "), " + System.getProperty("os.name") + ", Java "
                + System.getProperty("java.version");
    }

    /** The checked out commit, with a mark where files differ from it; unknown without git. */
    static String commit() {
        Path checkout = PaperData.checkout();
        try {
            Process process = new ProcessBuilder(List.of(
                            "git", "-C", checkout.toString(), "describe", "--always", "--dirty", "--exclude", "*"))
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0 ? said : "unknown";
        } catch (IOException absent) {
            return "unknown";
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return "unknown";
        }
    }
}
