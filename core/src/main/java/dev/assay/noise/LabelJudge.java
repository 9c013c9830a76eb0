package dev.assay.noise;

import dev.assay.data.Dataset;
import dev.assay.engine.RowScores;
import dev.assay.linalg.Matrix;
import java.util.List;
import java.util.function.UnaryOperator;

/** Judges labels of rows that had no part in a judgement by its experts, none of which saw them. */
public final class LabelJudge implements RowScores {
    /** Columns of {@link #of}. */
    public static final int TRUST = 0;

    public static final int OUT_OF_FOLD_PROBABILITY = 1;
    public static final int SUGGESTION = 2;
    public static final int SUGGESTED_PROBABILITY = 3;

    private final LabelNoise noise;
    private final boolean noisy;
    private final List<UnaryOperator<Matrix>> experts;
    private final double[] factors;

    /**
     * Made of what was found.
     *
     * @param noise that was found in the rows that were judged
     * @param noisy whether there are wrong labels beyond doubt
     * @param experts each from features to n x C log-probabilities, or n x 1 predictions
     * @param factors by which their answers are added up
     */
    LabelJudge(LabelNoise noise, boolean noisy, List<UnaryOperator<Matrix>> experts, double[] factors) {
        this.noise = noise;
        this.noisy = noisy;
        this.experts = List.copyOf(experts);
        this.factors = factors;
    }

    /** Whether there are wrong labels beyond doubt. */
    public boolean isNoisy() {
        return noisy;
    }

    @Override
    public List<String> names() {
        return List.of("trust", "outOfFoldProbability", "suggestion", "suggestedProbability");
    }

    /** What the experts say, the fitted scale in it: n x C log-probabilities before they are normalised, or n x 1 predictions. */
    Matrix answers(Matrix features) {
        Matrix sum = new Matrix(features.rows(), noise.answers().columns());
        for (int e = 0; e < factors.length; e++) {
            double[] said = experts.get(e).apply(features).values();
            for (int k = 0; k < said.length; k++) {
                sum.values()[k] += factors[e] * said[k];
            }
        }
        return sum;
    }

    /** Trust, probability of the label to experts that did not see it, likeliest true label and its probability; as {@link WrongLabels} has them. */
    @Override
    public Matrix of(Dataset block) {
        LabelNoise own = noise.judge(answers(block.features()), 1, block);
        Suggestions suggestions = Suggestions.of(own, noisy);
        double[] trust = own.trust();
        double[] logDensities = own.logDensities();
        Matrix result = new Matrix(block.size(), names().size());
        for (int i = 0; i < block.size(); i++) {
            result.set(i, TRUST, trust[i]);
            result.set(i, OUT_OF_FOLD_PROBABILITY, Math.exp(logDensities[i]));
            result.set(i, SUGGESTION, suggestions.labels()[i]);
            result.set(i, SUGGESTED_PROBABILITY, suggestions.probabilities()[i]);
        }
        return result;
    }
}
