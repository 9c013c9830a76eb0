package dev.assay.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How the command line speaks to someone who is learning it. */
class UsageTest {
    @TempDir
    private Path folder = Path.of("");

    @Test
    void helpOfTheWholeListsTheCommandsAndShowsExamples() {
        CommandRun help = CommandRun.of("--help");

        assertThat(help.status()).isZero();
        assertThat(help.out())
                .contains(
                        "run",
                        "predict",
                        "evaluate",
                        "export",
                        "divide",
                        "check",
                        "diagnose",
                        "purify",
                        "demo",
                        "serve",
                        "reproduce",
                        "assay run mine.csv --label y");
        assertThat(help.err()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "run",
                "predict",
                "evaluate",
                "export",
                "divide",
                "check",
                "diagnose",
                "purify",
                "demo",
                "serve",
                "reproduce"
            })
    void helpOfACommandTeachesByExample(String command) {
        CommandRun help = CommandRun.of(command, "--help");

        assertThat(help.status()).isZero();
        assertThat(help.out()).containsPattern("Examples?:").contains("assay " + command);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "run",
                "predict",
                "evaluate",
                "export",
                "divide",
                "check",
                "diagnose",
                "purify",
                "demo",
                "serve",
                "reproduce"
            })
    void helpFitsATerminal(String command) {
        CommandRun help = command.isEmpty() ? CommandRun.of("--help") : CommandRun.of(command, "--help");

        assertThat(help.out().lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));
    }

    @Test
    void nothingAtAllShowsTheHelpAsAMistake() {
        CommandRun nothing = CommandRun.of();

        assertThat(nothing.status()).isEqualTo(2);
        assertThat(nothing.out()).isEmpty();
        assertThat(nothing.err()).contains("assay purify mine.csv --label y");
    }

    @ParameterizedTest
    @CsvSource({
        "purify x.csv --lable y --out r,       --label",
        "purify x.csv --label y --critrion loss --out r,  --criterion",
        "diagnose x.csv --label y --thread 2,  --threads",
        "purfy x.csv,                          purify",
        "purify x.csv --label y,               --out",
        "purify --label y --out r,             DATA",
        "purify x.csv --label y --seed a --out r,         --seed",
        "purify x.csv --label y --criterion nonsense --out r, 'out-of-fold'",
        "purify x.csv --label y --method nonsense --out r, one-step",
        "purify x.csv --label y --task nonsense --out r, regression",
        "purify x.csv --label y --step 0 --out r, --step",
        "purify x.csv --label y --step 150% --out r, --step",
        "purify x.csv --label y --ridge -1 --out r, --ridge",
        "purify x.csv --label y --ridge NaN --out r, --ridge",
        "purify x.csv --label y --folds 1 --out r, --folds",
        "purify x.csv --label y --iterations -1 --out r, --iterations",
        "purify x.csv --label y --threads 0 --out r, --threads",
        "purify x.csv --label y --preset other --out r, paper",
        "purify x.csv --label y --preset paper --out r, --iterations",
        "purify x.csv --label y --resume --force --out r, --resume",
        "reproduce figure6,                    checkout"
    })
    void wrongUseIsOneLineThatNamesTheWayOut(String words, String wayOut) {
        CommandRun wrong = CommandRun.of(
                (Object[]) words.replace(" r", " " + folder.resolve("r")).split(" ", -1));

        assertThat(wrong.status()).isEqualTo(2);
        assertThat(wrong.errorLines()).hasSize(1).first().asString().contains(wayOut);
        assertThat(wrong.out()).isEmpty();
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void versionIsOneLine() {
        CommandRun version = CommandRun.of("--version");

        assertThat(version.status()).isZero();
        assertThat(version.out().lines().toList()).hasSize(1);
        assertThat(List.of(version.out().split(" ", -1))).startsWith("assay").doesNotContain("${project.version}");
    }
}
