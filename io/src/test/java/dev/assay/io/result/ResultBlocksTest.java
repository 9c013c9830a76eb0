package dev.assay.io.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.data.InvalidInputException;
import dev.assay.io.file.InputFile;
import dev.assay.io.read.ReadSettings;
import dev.assay.io.table.WholeTable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Law: the bytes of a table of results do not depend on the blocks that it comes in. */
final class ResultBlocksTest {
    /** More than a row group of Parquet. */
    private static final int ROWS = 130_000;

    @TempDir
    private Path folder = Path.of("");

    @Test
    void blocksOfAnySizeGiveTheSameBytes() throws IOException {
        List<ResultColumn> columns = columns(ROWS);
        for (String ending : List.of(".csv", ".parquet")) {
            Path whole = folder.resolve("whole" + ending);
            ResultFile.at(whole).write(columns);
            for (int size : new int[] {16_384, 3001}) {
                Path blocks = folder.resolve("blocks" + ending);
                ResultFile.at(blocks).write(cut(columns, size));
                assertThat(blocks).hasSameBinaryContentAs(whole);
            }
        }
        Path run = folder.resolve("run");
        try (RunDirectory directory = RunDirectory.open(run, RunDirectory.Existing.REFUSE)) {
            directory.writeRows(cut(columns, 20_000));
            directory.finish(List.of());
        }
        assertThat(run.resolve("rows.csv")).hasSameBinaryContentAs(folder.resolve("whole.csv"));
        assertThat(run.resolve("rows.parquet")).hasSameBinaryContentAs(folder.resolve("whole.parquet"));
    }

    @Test
    void theValuesAreThoseOfTheColumns() throws IOException {
        Path file = folder.resolve("small.csv");
        ResultFile.at(file)
                .write(cut(
                        List.of(
                                new ResultColumn.Integers("row", new int[] {0, 1, ResultColumn.Integers.MISSING}),
                                new ResultColumn.Reals("p, q", new double[] {0.1, Double.NaN, 1e-300}),
                                new ResultColumn.Truths("t", new boolean[] {true, false, true}),
                                new ResultColumn.Texts(
                                        "text", new ArrayList<@Nullable String>(List.of("a,b", "", "\u00e9")))),
                        1));

        assertThat(file).hasContent("row,\"p, q\",t,text\n0,0.1,true,\"a,b\"\n1,,false,\"\"\n,1e-300,true,\u00e9\n");
        WholeTable table = WholeTable.read(InputFile.at(file), ReadSettings.Header.AUTO, 1);
        assertThat(table.columns()).hasSize(4);
    }

    @Test
    void namesThatDifferInCaseAloneKeepTheirSpelling() throws IOException {
        Path file = folder.resolve("case.csv");
        List<ResultColumn> columns = List.of(
                new ResultColumn.Reals("p_yes", new double[] {0.25, 0.5}),
                new ResultColumn.Reals("p_YES", new double[] {0.75, 0.5}));
        ResultFile.at(file).write(cut(columns, 1));

        assertThat(file).hasContent("\"p_yes\",\"p_YES\"\n0.25,0.75\n0.5,0.5\n");
        assertThat(folder).isDirectoryNotContaining("glob:**rows");
    }

    @Test
    void whatFailsHalfWayLeavesNothing() {
        List<ResultColumn> columns = columns(10_000);
        InvalidInputException problem = new InvalidInputException("no more rows");
        assertThatThrownBy(() -> ResultFile.at(folder.resolve("cut.parquet")).write(consumer -> {
                    cut(columns, 1000).forEach(consumer);
                    throw problem;
                }))
                .isSameAs(problem);
        assertThatThrownBy(() -> ResultFile.at(folder.resolve("cut.csv")).write(consumer -> {
                    consumer.accept(columns);
                    consumer.accept(columns.subList(0, 1));
                }))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("blocks differ in their columns");

        assertThat(folder).isEmptyDirectory();
    }

    private static ResultBlocks cut(List<ResultColumn> columns, int size) {
        int rows = columns.get(0).size();
        return consumer -> {
            for (int from = 0; from < rows; from += size) {
                int[] places =
                        IntStream.range(from, Math.min(rows, from + size)).toArray();
                consumer.accept(
                        columns.stream().map(column -> column.select(places)).toList());
            }
        };
    }

    private static List<ResultColumn> columns(int rows) {
        SplittableRandom random = new SplittableRandom(4);
        double[] reals = random.doubles(rows).toArray();
        reals[rows - 1] = Double.NaN;
        List<@Nullable String> texts = new ArrayList<>();
        boolean[] truths = new boolean[rows];
        for (int row = 0; row < rows; row++) {
            texts.add(row % 7 == 0 ? null : "text " + random.nextInt(row % 2 == 0 ? 3 : rows));
            truths[row] = random.nextBoolean();
        }
        return List.of(
                new ResultColumn.Integers("row", IntStream.range(0, rows).toArray()),
                new ResultColumn.Reals("real", reals),
                new ResultColumn.Truths("truth", truths),
                new ResultColumn.Texts("text", texts));
    }
}
