package dev.assay.noise;

import dev.assay.data.ClassTargets;
import dev.assay.data.Dataset;
import dev.assay.data.Partition;
import dev.assay.linalg.Dense;
import dev.assay.linalg.Matrix;
import dev.assay.work.Workers;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;

/**
 * Linear experts of a view.
 *
 * @param parameters of the expert of each part, which the rounds start from
 */
record LinearExperts(UncorrelatedView view, double ridge, List<double[]> parameters) implements TriedExperts {
    private static final double TOLERANCE = 2e-3;
    private static final int STEPS = 25;
    private static final int FINAL_STEPS = 60;

    /** C classes, or 1 for numbers. */
    static int outputs(Dataset data) {
        return data.targets() instanceof ClassTargets classes ? classes.classes() : 1;
    }

    @Override
    public String name() {
        return view.name();
    }

    @Override
    public String inWords() {
        return String.format(Locale.ROOT, "a %s expert with ridge %.2g", name(), ridge);
    }

    @Override
    public Pupils on(Dataset rows, double share, Workers workers) {
        return new Taught(
                view.of(rows.features(), workers), rows.weights(), outputs(rows), view, ridge * share, parameters);
    }

    private static final class Taught implements Pupils {
        private final Matrix seen;
        private final PartExperts experts;
        private final UncorrelatedView view;
        private final double ridge;
        private List<double[]> parameters;

        Taught(
                Matrix seen,
                double[] weights,
                int outputs,
                UncorrelatedView view,
                double ridge,
                List<double[]> parameters) {
            this.seen = seen;
            this.experts = new PartExperts(seen, weights, outputs);
            this.view = view;
            this.ridge = ridge;
            this.parameters = parameters;
        }

        @Override
        public Matrix untaught(double scale, Workers workers) {
            Matrix sum = new Matrix(seen.rows(), experts.outputs());
            for (double[] part : parameters) {
                Matrix one = PartExperts.answers(part, seen, experts.outputs(), workers);
                Dense.add(scale / parameters.size(), one.values(), sum.values());
            }
            return sum;
        }

        @Override
        public Matrix teach(Partition parts, LabelNoise noise, double sharpness, boolean seenThrough, Workers workers) {
            Responses responses = seenThrough ? noise.seenThrough() : noise.corrected(sharpness);
            PartExperts.Trained trained = experts.train(parts, responses, ridge, parameters, TOLERANCE, STEPS, workers);
            parameters = trained.parameters();
            return trained.answers();
        }

        @Override
        public UnaryOperator<Matrix> teachOne(LabelNoise noise, Workers workers) {
            double[] one = experts.train(
                            Partition.whole(experts.weights().length),
                            noise.corrected(1),
                            ridge,
                            null,
                            TOLERANCE,
                            FINAL_STEPS,
                            workers)
                    .parameters()
                    .get(0);
            return features -> PartExperts.answers(one, view.of(features, workers), experts.outputs(), workers);
        }
    }
}
