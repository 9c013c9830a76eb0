package dev.assay.bench;

import dev.assay.data.EncodingStyle;
import dev.assay.io.DataReader;
import dev.assay.io.read.LoadedData;
import dev.assay.io.read.ReadSettings;
import dev.assay.io.read.Task;
import dev.assay.work.Workers;
import java.nio.file.Path;
import java.util.List;

/** The authors' images of 4 and 8: 600 to train on, the first half of them 4s and the second half 8s, 180 mislabelled. */
final class EmnistImages {
    private EmnistImages() {}

    /**
     * Reads both files; pixels 0 to 1.
     *
     * @throws dev.assay.data.InvalidInputException if one of them is absent
     */
    static PurifyFigure.Problem problem(PaperData data, Workers workers) {
        Path trainingFile = data.required("paper/emnist-4-8/train_30error.npz");
        Path testFile = data.required("paper/emnist-4-8/test.npz");
        DataReader reader = new DataReader(workers.threads());
        LoadedData training = reader.read(
                trainingFile,
                ReadSettings.automatic()
                        .withFeatures(List.of("X_train"))
                        .withLabel("y_train")
                        .withTask(Task.CLASSIFICATION)
                        .withStyle(EncodingStyle.paper()));
        int n = training.dataset().size();
        boolean[] foreign = new boolean[n];
        for (int i = 0; i < n; i++) {
            foreign[i] = (training.dataset().targets().value(i) == 1) != (2 * i >= n);
        }
        return new PurifyFigure.Problem(
                training.dataset(), reader.readTest(testFile, null, training).encoded(), foreign);
    }
}
