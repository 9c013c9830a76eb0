package dev.assay.spark;

import dev.assay.divide.Verdict;
import dev.assay.io.model.SavedModel;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/** A judge on its way: the experts are the bytes of a model folder, read once on each executor. */
final class ShippedJudge implements Serializable {
    private static final long serialVersionUID = 1L;

    private final byte[] model;
    private final State state;
    private transient volatile @Nullable RowJudge judge;

    /**
     * What a judge is beside its experts.
     *
     * @param verdict a name of {@link Verdict}
     * @param labelShares u of each class; empty for regression
     */
    record State(String verdict, double[] labelShares, SampleVerdicts sample) implements Serializable {}

    ShippedJudge(SavedModel model, State state) {
        this.model = ModelFiles.bytes(model);
        this.state = state;
    }

    State state() {
        return state;
    }

    /** The experts, as a model that is stored. */
    SavedModel saved() {
        return ModelFiles.read(model);
    }

    RowJudge judge() {
        RowJudge known = judge;
        if (known == null) {
            synchronized (this) {
                known = judge;
                if (known == null) {
                    known = new RowJudge(
                            saved().model(), state.labelShares, Verdict.valueOf(state.verdict), state.sample);
                    judge = known;
                }
            }
        }
        return known;
    }
}
