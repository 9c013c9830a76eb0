package dev.assay.potential.linear;

import dev.assay.linalg.Dense;
import dev.assay.model.Loss;
import dev.assay.potential.PairWeights;

/** One example's c x c forms, and what follows from them for {@link FastDeltaVariance}. */
final class LeftOutExample {
    private final AverageRest rest;
    private final DeltaVarianceSums sums;
    private final int index;
    private final int c;
    private final double weight;
    private final double[] r;
    private final double[] inverse;
    private final double[] second;
    private final double[] third;
    private final double[] selfWeighted;
    private final double[] lambda;
    /** F' K s with s the sum of the gradients. */
    private final double[] sumAlong;
    /** F' K g. */
    private final double[] inverseR;
    /** F' K M K g. */
    private final double[] secondR;

    private final double self;
    /** The removal's correction of K is K F omega F' K. */
    private final double[] omega;

    LeftOutExample(
            AverageRest rest,
            DeltaVarianceSums sums,
            int index,
            double[] inverse,
            double[] second,
            double[] third,
            double[] selfWeighted,
            double[] lambda,
            double[] sumAlong) {
        this.rest = rest;
        this.sums = sums;
        this.index = index;
        this.c = rest.logits();
        this.weight = rest.weights()[index];
        this.r = rest.at().residuals().row(index);
        this.inverse = inverse;
        this.second = second;
        this.third = third;
        this.selfWeighted = selfWeighted;
        this.lambda = lambda;
        this.sumAlong = sumAlong;
        this.inverseR = SmallMatrices.multiplyVector(inverse, r, c);
        this.secondR = SmallMatrices.multiplyVector(second, r, c);
        this.self = Dense.dot(r, inverseR);
        double[] scaled = lambda.clone();
        for (int k = 0; k < scaled.length; k++) {
            scaled[k] *= weight / rest.weight();
        }
        this.omega = SmallMatrices.removal(scaled, inverse, c);
    }

    /** V of the rest at the parameters of the whole. */
    double variance() {
        double own = PairWeights.selfPairs(weight);
        // F' K M K F and F' K M K M K F with M without this example
        double[] secondRest = second.clone();
        SmallMatrices.addOuter(-weight, inverseR, inverseR, secondRest);
        double[] thirdRest = third.clone();
        SmallMatrices.addOuter(-weight, inverseR, secondR, thirdRest);
        SmallMatrices.addOuter(-weight, secondR, inverseR, thirdRest);
        SmallMatrices.addOuter(weight * weight * self, inverseR, inverseR, thirdRest);
        double[] selfRest = selfWeighted.clone();
        SmallMatrices.addOuter(-own * self, inverseR, inverseR, selfRest);
        double trace = sums.traceSecond()
                - 2 * weight * Dense.dot(r, secondR)
                + weight * weight * self * self
                + 2 * SmallMatrices.trace(omega, thirdRest)
                + SmallMatrices.traceOfSquare(SmallMatrices.multiply(omega, secondRest, c), c);
        double squaredSelf = sums.squaredSelfInfluence() - own * self * self + 2 * SmallMatrices.trace(omega, selfRest);
        // the change of sum a_j q_j, as if a_j / w_j were the same for all; it enters through the mean of X only
        double selfSum = sums.selfInfluence()
                - own * self
                + rest.selfPairs() / rest.total() * SmallMatrices.trace(omega, secondRest);
        double[] along = sumAlong.clone();
        Dense.add(-weight, inverseR, along);
        double sumNorm = sums.gradientNorm()
                - 2 * weight * Dense.dot(r, sumAlong)
                + weight * weight * self
                + SmallMatrices.form(along, omega, along, c);
        double ownRest = rest.total() - weight;
        double ownPairs = ownRest * ownRest - (rest.selfPairs() - own);
        double mean = (sumNorm - selfSum) / ownPairs;
        double ratio = ownRest / rest.weight();
        return ratio * ratio * ((trace - squaredSelf) / ownPairs - mean * mean)
                + rest.ridge() * (ratio - 1) * sums.ridgeDerivative();
    }

    /**
     * What the example has to do with the expansion of V.
     *
     * @param move v with leave-one-out Newton step delta = w / rest K (v (x) x - mean gradient)
     * @param change its part of the gradient of V is change (x) x
     * @param gamma its part of Gamma is gamma (x) x x'
     * @param ownEffect what the sums over all examples wrongly say about its own contribution
     */
    record Expansion(double[] move, double[] change, double[] gamma, double ownEffect) {}

    /** This example's part of the gradient of V and of Gamma, and its leave-one-out Newton step. */
    Expansion expansion() {
        double[] step = inverseR.clone();
        Dense.add(-1 / rest.total(), sumAlong, step);
        double[] leverage = SmallMatrices.multiplyVector(omega, step, c);
        double[] move = r.clone();
        Dense.add(1, leverage, move);
        double[] ownShift = step.clone();
        Dense.add(1, SmallMatrices.multiplyVector(inverse, leverage, c), ownShift);
        for (int a = 0; a < c; a++) {
            ownShift[a] *= weight / rest.weight();
        }
        double selfFactor = Math.min(1, weight) * (-2 * self + 2 * sums.mean()) / rest.pairs();
        double[] residualPart = residualPart(selfFactor);
        double[] curvaturePart = curvaturePart();
        double[] change = change(residualPart, curvaturePart);
        double[] gamma = gamma(residualPart, curvaturePart, selfFactor);
        double ownEffect = Dense.dot(change, ownShift) + SmallMatrices.form(ownShift, gamma, ownShift, c);
        return new Expansion(move, change, gamma, ownEffect);
    }

    /** dV = <residualPart, dr> + <curvaturePart, dLambda>. */
    private double[] residualPart(double selfFactor) {
        double pairs = rest.pairs();
        double[] result = new double[c];
        for (int a = 0; a < c; a++) {
            result[a] = 4 / pairs * secondR[a] + 2 * selfFactor * inverseR[a] - 4 * sums.mean() / pairs * sumAlong[a];
        }
        return result;
    }

    private double[] curvaturePart() {
        double pairs = rest.pairs();
        double[] result = new double[c * c];
        for (int k = 0; k < c * c; k++) {
            result[k] = 2
                    / pairs
                    * (selfWeighted[k] - third[k] - rest.selfPairs() / rest.total() * sums.mean() * second[k])
                    / rest.weight();
        }
        SmallMatrices.addOuter(2 * sums.mean() / pairs / rest.weight(), sumAlong, sumAlong, result);
        return result;
    }

    private double[] change(double[] residualPart, double[] curvaturePart) {
        double[] result = SmallMatrices.multiplyVector(lambda, residualPart, c);
        double[] derivative = new double[c * c];
        double[] unit = new double[c];
        for (int a = 0; a < c; a++) {
            unit[a] = 1;
            loss().curvatureDerivative(logits(), 0, target(), unit, 0, derivative, 0);
            result[a] += SmallMatrices.trace(derivative, curvaturePart);
            unit[a] = 0;
        }
        for (int a = 0; a < c; a++) {
            result[a] *= weight;
        }
        return result;
    }

    private double[] gamma(double[] residualPart, double[] curvaturePart, double selfFactor) {
        double[] fourth = new double[c * c];
        loss().curvatureSecondDerivative(logits(), 0, target(), curvaturePart, 0, fourth, 0);
        double[] derivative = new double[c * c];
        loss().curvatureDerivative(logits(), 0, target(), residualPart, 0, derivative, 0);
        double[] middle = new double[c * c];
        for (int k = 0; k < c * c; k++) {
            middle[k] = 2 / rest.pairs() * second[k] + selfFactor * inverse[k];
        }
        double[] result = SmallMatrices.multiply(SmallMatrices.multiply(lambda, middle, c), lambda, c);
        for (int k = 0; k < c * c; k++) {
            result[k] = weight * (result[k] + 0.5 * (derivative[k] + fourth[k]));
        }
        return result;
    }

    private Loss loss() {
        return rest.at().objective().loss();
    }

    private double target() {
        return rest.at().objective().data().targets().value(index);
    }

    private double[] logits() {
        return rest.at().logits().row(index);
    }
}
