package dev.assay.predict;

import dev.assay.learn.Expert;
import dev.assay.learn.IdentityMap;
import dev.assay.learn.LinearExpert;
import dev.assay.linalg.Matrix;
import dev.assay.model.LinearModel;
import dev.assay.model.LogisticLoss;
import dev.assay.model.SquaredLoss;
import dev.assay.route.SoftmaxRouter;
import java.util.List;

/** Models of one feature and a bias, written down rather than trained. */
final class SmallModels {
    private SmallModels() {}

    /** Two experts: class 1 has log-odds x in block 1, -x in block 2; g_2(x)/g_1(x) = (shares) exp(steepness x). */
    static RoutedModel classes(double[] shares, double steepness) {
        return new RoutedModel(
                new LabelSpace.Classes(List.of("no", "yes")),
                List.of(logistic(1), logistic(-1)),
                router(shares, steepness),
                0);
    }

    /** Two experts: x in block 1, -x in block 2, standard deviations 0.5 and 1; the user's units are 10 + 2 z. */
    static RoutedModel numbers(double[] shares) {
        return new RoutedModel(
                new LabelSpace.Reals(10, 2), List.of(linear(1, 0.5), linear(-1, 1)), router(shares, 0), 0);
    }

    static Matrix rows(double... x) {
        Matrix result = new Matrix(x.length, 2);
        for (int i = 0; i < x.length; i++) {
            result.set(i, 0, x[i]);
            result.set(i, 1, 1);
        }
        return result;
    }

    private static SoftmaxRouter router(double[] shares, double steepness) {
        return new SoftmaxRouter(new IdentityMap(2), shares, new Matrix(2, 2, new double[] {0, 0, steepness, 0}));
    }

    private static Expert logistic(double slope) {
        LinearModel model = new LinearModel(new LogisticLoss(), 2, new double[] {slope, 0});
        return new LinearExpert(new IdentityMap(2), model, 1, Double.NaN, 0.01);
    }

    private static Expert linear(double slope, double deviation) {
        LinearModel model = new LinearModel(new SquaredLoss(), 2, new double[] {slope, 0});
        return new LinearExpert(new IdentityMap(2), model, 1, deviation, 0.01);
    }
}
