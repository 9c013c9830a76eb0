package dev.assay;

import dev.assay.divide.Block;
import dev.assay.divide.Verdict;
import dev.assay.io.model.SavedModel;
import dev.assay.io.read.InputSchema;
import dev.assay.io.read.LoadedData;
import dev.assay.job.RunOutcome;
import dev.assay.predict.Worth;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a run found and made.
 *
 * @param data what was read
 * @param outcome all that was measured and chosen
 */
public record RunResult(LoadedData data, RunOutcome outcome) {
    /** What the data is made of. */
    public Verdict verdict() {
        return outcome.divided().division().verdict();
    }

    /** The blocks, the largest first; one where the data is not mixed. */
    public List<Block> blocks() {
        return outcome.divided().division().blocks();
    }

    /** The block of each row of {@link #data}, from 1; 0 where nothing explains the label. */
    public int[] assigned() {
        return outcome.divided().division().assigned();
    }

    /** V of all rows: how mixed they are; compare it with {@code outcome().divided().measures().scale()}. */
    public double potential() {
        return outcome.divided().measures().potential();
    }

    /** What dividing is worth to somebody who predicts, measured on rows that had no part in anything; empty where it could not be measured. */
    public Optional<Worth> worth() {
        return Optional.ofNullable(outcome.tested().comparison().worth());
    }

    /** What predicts new rows. */
    public Model model() {
        Map<String, String> origin = new LinkedHashMap<>();
        origin.put("trainingRows", Integer.toString(data.dataset().size()));
        origin.put("fingerprint", data.dataset().fingerprint());
        return new Model(new SavedModel(InputSchema.of(data), outcome.trained().models(), origin));
    }

    /**
     * Writes the model into a folder, for {@link Assay#load}, {@code assay predict} and {@code assay evaluate}.
     *
     * @throws dev.assay.data.InvalidInputException if the folder holds a run already, or cannot be written to
     */
    public void save(Path folder) {
        model().save(folder);
    }
}
