package dev.assay.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.assay.data.ClassTargets;
import dev.assay.data.EncodingStyle;
import dev.assay.io.read.LoadedData;
import dev.assay.io.read.ReadSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Reads published data where it is to be had: the sizes are those that its authors state. */
class PublishedDataTest {

    @Test
    void thePaperTablesHaveFortyFeaturesAndTheBias() {
        LoadedData data = new DataReader(2)
                .read(
                        published("paper/synthetic/synthetic_train_mix_2spec.csv"),
                        ReadSettings.automatic().withLabel("Q10").withStyle(EncodingStyle.paper()));

        assertThat(data.dataset().size()).isEqualTo(1000);
        assertThat(data.dataset().dimension()).isEqualTo(41);
        assertThat(((ClassTargets) data.dataset().targets()).names()).containsExactly("B", "D", "N", "R");
    }

    @Test
    void thePaperImagesHaveAllTheirPixels() {
        Path file = published("paper/emnist-4-8/train_30error.npz");

        LoadedData paper = new DataReader(2).read(file, ReadSettings.automatic().withStyle(EncodingStyle.paper()));

        assertThat(paper.dataset().size()).isEqualTo(600);
        assertThat(paper.dataset().dimension()).isEqualTo(785);
        assertThat(((ClassTargets) paper.dataset().targets()).names()).containsExactly("4", "8");
    }

    @Test
    void digitsAreReadFromImagesAndFromTables() {
        Path images = published("mnist/t10k-images-idx3-ubyte.gz");
        Path labels = published("mnist/t10k-labels-idx1-ubyte.gz");
        Path table = published("mnist/mnist_5k.csv.gz");

        LoadedData first =
                new DataReader(2).read(images, ReadSettings.automatic().withLabelsFile(labels));
        LoadedData second =
                new DataReader(2).read(table, ReadSettings.automatic().withLabel("785"));

        assertThat(first.dataset().size()).isEqualTo(10_000);
        assertThat(first.labelText(0)).isEqualTo("7");
        assertThat(second.dataset().size()).isEqualTo(5_000);
        assertThat(((ClassTargets) second.dataset().targets()).classes()).isEqualTo(10);
        // one pixel in one image must not dwarf everything else
        for (double value : second.dataset().features().values()) {
            assertThat(Math.abs(value)).isLessThan(5);
        }
    }

    @Test
    void codedCategoriesAndPixelsAreToldApart() {
        ReadSettings settings = ReadSettings.automatic().withLabel("Class");

        LoadedData mushroom = new DataReader(2).read(published("uci/mushroom.csv"), settings);
        LoadedData digits = new DataReader(2).read(published("uci/optdigits.csv"), settings);

        assertThat(mushroom.dataset().featureNames()).contains("V5=1", "V5=9").doesNotContain("V5");
        assertThat(digits.dataset().featureNames()).contains("V1").noneMatch(name -> name.contains("="));
    }

    private static Path published(String name) {
        String given = System.getProperty("ASSAY_DATA", System.getenv("ASSAY_DATA"));
        Path folder = given == null ? Path.of("..", "..", "shared", "data") : Path.of(given);
        Path file = folder.resolve(name);
        assumeTrue(Files.exists(file), () -> "needs the published file " + file + " (set ASSAY_DATA)");
        return file;
    }
}
