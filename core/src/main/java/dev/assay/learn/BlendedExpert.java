package dev.assay.learn;

import dev.assay.linalg.LogSumExp;
import dev.assay.linalg.Matrix;
import dev.assay.work.Workers;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Several experts that answer together: p(y|x) = sum_k w_k p_k(y|x) for classes, the prediction sum_k w_k z_k(x) for numbers. It costs what they
 * cost together.
 *
 * @param parts the experts, each with its w_k
 */
public record BlendedExpert(List<WeightedExpert> parts) implements Expert {
    private static final double ROUNDING = 1e-9;

    /**
     * Checks that the parts fit together, and copies the list.
     *
     * @throws IllegalArgumentException if there are none, if they take or say different things, or if the weights are not above 0 with the sum 1
     */
    public BlendedExpert {
        parts = List.copyOf(parts);
        double sum = 0;
        for (WeightedExpert part : parts) {
            Expert first = parts.get(0).expert();
            if (part.expert().inputDimension() != first.inputDimension()
                    || part.expert().outputs() != first.outputs()) {
                throw new IllegalArgumentException("the experts of a blend take " + first.inputDimension() + " and "
                        + part.expert().inputDimension() + " features and say " + first.outputs() + " and "
                        + part.expert().outputs() + " numbers, expected the same of all");
            }
            if (!(part.weight() > 0)) {
                throw new IllegalArgumentException(
                        "an expert of a blend has the weight " + part.weight() + ", expected one above 0");
            }
            sum += part.weight();
        }
        if (!(Math.abs(sum - 1) < ROUNDING)) {
            throw new IllegalArgumentException("the weights of a blend add up to " + sum + ", expected 1");
        }
    }

    /** The weights and what they are those of, the largest first: {@code 0.62 boosted trees + 0.38 radial}. */
    @Override
    public String name() {
        return parts.stream()
                .sorted((one, other) -> Double.compare(other.weight(), one.weight()))
                .map(part -> String.format(
                        Locale.ROOT, "%.2f %s", part.weight(), part.expert().name()))
                .collect(Collectors.joining(" + "));
    }

    @Override
    public int inputDimension() {
        return parts.get(0).expert().inputDimension();
    }

    @Override
    public int outputs() {
        return parts.get(0).expert().outputs();
    }

    /** The root of sum_k w_k s_k^2, at least what it is: together they are no further off. */
    @Override
    public double deviation() {
        return Math.sqrt(parts.stream()
                .mapToDouble(part -> part.weight()
                        * part.expert().deviation()
                        * part.expert().deviation())
                .sum());
    }

    @Override
    public Matrix answers(Matrix x, Workers workers) {
        return answers(
                parts.stream().map(part -> part.expert().answers(x, workers)).toList(),
                parts.stream().mapToDouble(WeightedExpert::weight).toArray());
    }

    /**
     * Answers together.
     *
     * @param each n x C log-probabilities, or n x 1 predictions, of each expert
     * @param weights of the experts, at least 0, with the sum 1
     */
    static Matrix answers(List<Matrix> each, double[] weights) {
        Matrix result = new Matrix(each.get(0).rows(), each.get(0).columns());
        boolean classes = result.columns() > 1;
        double[] terms = new double[weights.length];
        for (int at = 0; at < result.values().length; at++) {
            double sum = 0;
            for (int k = 0; k < terms.length; k++) {
                double own = each.get(k).values()[at];
                terms[k] = Math.log(weights[k]) + own;
                sum += weights[k] * own;
            }
            result.values()[at] = classes ? LogSumExp.of(terms) : sum;
        }
        return result;
    }
}
