package dev.assay.io.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.data.Dataset;
import dev.assay.data.InvalidInputException;
import dev.assay.io.DataReader;
import dev.assay.io.array.TestArrays;
import dev.assay.linalg.Matrix;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows to be predicted are read like the training data, whether they have labels or not, and none is lost. */
class RowsToPredictTest {
    @TempDir
    Path folder;

    @Test
    void withAndWithoutLabelsTheFeaturesAreThoseOfTheTrainingRows() throws IOException {
        LoadedData training = training();
        EncodedRows<Matrix> without = readNew(training, "code,x\n01,1\n2,2\n", null);
        EncodedRows<Matrix> labelled = readNew(training, "y,x,code,extra\n,1,01,7\nnever seen,2,2,8\n", null);

        assertThat(without.encoded().values())
                .isEqualTo(training.dataset().features().selectRows(0, 2).values());
        assertThat(labelled.encoded().values()).isEqualTo(without.encoded().values());
    }

    @Test
    void gapsAreFilledAndNoRowIsLost() throws IOException {
        LoadedData training = training();
        EncodedRows<Matrix> data = readNew(training, "x,code\nNA,01\n?,\n", null);

        assertThat(data.encoded().rows()).isEqualTo(2);
        int x = training.dataset().featureNames().indexOf("x");
        assertThat(data.encoded().get(0, x)).isZero();
        assertThat(data.notes()).anyMatch(note -> note.contains("'x'"));
    }

    @Test
    void idAndSourceComeBackAndAreNoFeatures() throws IOException {
        Path file =
                write("train.csv", "name,x,site,y\n" + "a,1,north,p\nb,2,south,q\nc,3,north,p\nd,4,,q\n".repeat(10));
        LoadedData training = new DataReader(1)
                .read(
                        file,
                        ReadSettings.automatic().withLabel("y").withId("name").withSource("site"));

        assertThat(training.dataset().featureNames()).containsExactly("x", "bias");
        assertThat(training.sources()).hasSize(40).startsWith("north", "south", "north", "");
        EncodedRows<Matrix> data = readNew(training, "site,name,x\nsouth,z,2\n", "site");
        assertThat(data.ids()).containsExactly("z");
        assertThat(data.sources()).containsExactly("south");
        assertThat(readNew(training, "x\n2\n", null).ids()).isNull();
        assertThat(test(training, "site,x,y\nsouth,2,q\nnorth,3,\n", "site").sources())
                .containsExactly("south");
    }

    @Test
    void aBlockColumnMayBeAFeatureToo() throws IOException {
        EncodedRows<Matrix> data = readNew(training(), "x,code\n1,01\n2,2\n", "x");

        assertThat(data.sources()).containsExactly("1", "2");
        assertThat(readNew(training(), "x,code\n1,01\n2,2\n", "code").sources()).containsExactly("01", "2");
    }

    @Test
    void whatDiffersFromTheTrainingDataIsOneLine() throws IOException {
        LoadedData training = training();

        refused(training, "x,cod\n1,01\n", null, "lacks the column 'code'; did you mean 'cod'?");
        refused(training, "x,code\n1,01\n", "cods", "source cods", "did you mean 'code'?");
        refused(training, "x,code\nred,01\n", null, "column 'x', row 1: \"red\", expected a number");
        refused(training, "x,code\n", null, "has no rows");
    }

    @Test
    void arraysNeedNoLabels() throws IOException {
        byte[] numbers = TestArrays.npy("<f8", "(4, 2)", TestArrays.doubles(1, 2, 3, 5, 5, 9, 7, 1));
        byte[] labels = TestArrays.npy("<f8", "(4,)", TestArrays.doubles(0, 1, 0, 1));
        LoadedData training = new DataReader(1)
                .read(
                        TestArrays.npz(folder.resolve("data.npz"), Map.of("X_train", numbers, "y_train", labels)),
                        ReadSettings.automatic());
        InputSchema form = InputSchema.of(training);
        Path single = Files.write(folder.resolve("new.npy"), numbers);
        Path test = TestArrays.npz(folder.resolve("test.npz"), Map.of("X_test", numbers, "y_test", labels));
        Path wide =
                Files.write(folder.resolve("wide.npy"), TestArrays.npy("<f8", "(1, 3)", TestArrays.doubles(1, 2, 3)));
        Path table = write("table.csv", "a,b\n1,2\n");

        for (Path file : List.of(single, test)) {
            assertThat(new DataReader(1).readNew(file, form, null).encoded().values())
                    .isEqualTo(training.dataset().features().values());
        }
        assertThatThrownBy(() -> new DataReader(1).readNew(wide, form, null))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("shape [3], expected [2]");
        assertThatThrownBy(() -> new DataReader(1).readNew(table, form, null))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("arrays");
    }

    private void refused(LoadedData training, String csv, @Nullable String source, String... parts) {
        assertThatThrownBy(() -> readNew(training, csv, source))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContainingAll(parts)
                .message()
                .doesNotContain("\n");
    }

    private LoadedData training() throws IOException {
        Path file = write("train.csv", "x,code,y\n" + "1,01,p\n2,2,q\n3,01,p\n4,02,q\n".repeat(10));
        return new DataReader(1).read(file, ReadSettings.automatic().withLabel("y"));
    }

    private EncodedRows<Matrix> readNew(LoadedData training, String csv, @Nullable String source) throws IOException {
        return new DataReader(1).readNew(write("new.csv", csv), InputSchema.of(training), source);
    }

    private EncodedRows<Dataset> test(LoadedData training, String csv, String source) throws IOException {
        return new DataReader(1).readTest(write("test.csv", csv), null, InputSchema.of(training), source);
    }

    private Path write(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content);
    }
}
