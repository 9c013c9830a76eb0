package dev.assay;

import dev.assay.io.model.ModelFolder;
import java.nio.file.Path;

/**
 * What the command line does, from Java and without a file written:
 *
 * <pre>{@code
 * RunResult result = Assay.read(Path.of("mine.csv")).label("y").run();
 * System.out.println(result.verdict() + ", " + result.blocks().size() + " blocks, V = " + result.potential());
 * Prediction prediction = result.model().predict(Map.of("age", 41, "site", "B"));
 * result.save(Path.of("model"));
 * Model again = Assay.load(Path.of("model"));
 * }</pre>
 *
 * <p>The packages below offer each part by itself: {@link dev.assay.job} what a run is, for data that is in memory already,
 * {@link dev.assay.divide.Divider}, {@link dev.assay.judge.Purifier}, {@link dev.assay.potential.Potential} and so on.
 */
public final class Assay {
    private Assay() {}

    /** Labelled data in a file of any format that Assay reads; it is opened when something is asked of it. */
    public static Analysis read(Path data) {
        return new Analysis(data);
    }

    /**
     * A model that was saved here or made by {@code assay run}.
     *
     * @throws dev.assay.data.InvalidInputException with one clear line if the folder holds none, or a damaged one
     */
    public static Model load(Path folder) {
        return new Model(ModelFolder.read(folder));
    }
}
