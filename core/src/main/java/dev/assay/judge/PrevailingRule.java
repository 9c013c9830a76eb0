package dev.assay.judge;

import dev.assay.data.ClassTargets;
import dev.assay.data.Dataset;
import dev.assay.learn.LinearExpert;
import dev.assay.linalg.Matrix;
import dev.assay.noise.WrongLabels;
import dev.assay.potential.linear.LabelModel;
import dev.assay.potential.linear.LinearPotential;
import dev.assay.work.Workers;
import org.jspecify.annotations.Nullable;

/** The one rule that explains most labels: the lower mark of the scale of V is V of labels that were drawn from it. */
public final class PrevailingRule {
    private PrevailingRule() {}

    /**
     * What the judgement's experts say of the rows that they had not seen; without a judgement what the model of V itself says of
     * its own rows, one fit.
     *
     * @param labels what was judged, or null
     * @param potential the model of V, made for the rows in question
     */
    public static LabelModel of(@Nullable WrongLabels labels, LinearPotential potential, Workers workers) {
        if (labels != null) {
            return new LabelModel(labels.answers(), labels.deviation());
        }
        Dataset data = potential.data();
        boolean classes = data.targets() instanceof ClassTargets;
        if (!LinearPotential.isKnown(data)) {
            return new LabelModel(new Matrix(data.size(), potential.loss().outputCount()), classes ? Double.NaN : 1);
        }
        Matrix answers = LinearExpert.answers(potential.fit(data, workers).model(), 1, data.features(), workers);
        if (classes) {
            return new LabelModel(answers, Double.NaN);
        }
        double squares = 0;
        for (int i = 0; i < data.size(); i++) {
            double residual = data.targets().value(i) - answers.get(i, 0);
            squares += data.weights()[i] * residual * residual;
        }
        return new LabelModel(answers, Math.sqrt(squares / data.totalWeight()));
    }
}
