package dev.assay.onnx;

import dev.assay.data.Targets;
import dev.assay.io.model.SavedModel;
import dev.assay.io.read.InputSchema;
import dev.assay.io.read.LoadedData;
import dev.assay.job.ModelSet;
import dev.assay.learn.BlendedExpert;
import dev.assay.learn.CalibratedExpert;
import dev.assay.learn.Expert;
import dev.assay.learn.FeatureMap;
import dev.assay.learn.IdentityMap;
import dev.assay.learn.LinearExpert;
import dev.assay.learn.PrincipalMap;
import dev.assay.learn.RadialMap;
import dev.assay.learn.WeightedExpert;
import dev.assay.linalg.Matrix;
import dev.assay.model.LinearModel;
import dev.assay.model.Loss;
import dev.assay.predict.LabelSpace;
import dev.assay.predict.RoutedModel;
import dev.assay.predict.SourceShares;
import dev.assay.route.AdaptiveClusteringRouter;
import dev.assay.route.CentroidRouter;
import dev.assay.route.NearestRouter;
import dev.assay.route.PriorRouter;
import dev.assay.route.Router;
import dev.assay.route.SoftmaxRouter;
import dev.assay.work.Workers;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.DoubleSupplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Models of random numbers over the encoding of real rows, so that every kind of part is there and none of them vanishes. */
final class RandomModels {
    private static final double[] SHARES = {0.5, 0.3, 0.2};
    private static final double[] OFFSETS = {0.3, -0.2, 0.1};

    private RandomModels() {}

    /** Three blocks: a linear expert, a calibrated blend of one that sees principal directions and a linear one, and a radial one. */
    static SavedModel of(LoadedData data, String router, @Nullable SourceShares sources) {
        Matrix x = data.dataset().features();
        Targets labels = data.dataset().targets();
        Random random = new Random(5);
        try (Workers workers = Workers.of(1)) {
            FeatureMap radial = RadialMap.of(x.selectRows(IntStream.range(0, 40).toArray()), 0.7, 12, workers);
            LinearExpert rotated = expert(PrincipalMap.of(x, 6, workers), labels, random);
            Expert blend = new BlendedExpert(List.of(
                    new WeightedExpert(rotated, 0.6),
                    new WeightedExpert(expert(new IdentityMap(x.columns()), labels, random), 0.4)));
            RoutedModel model = new RoutedModel(
                    LabelSpace.of(labels),
                    List.of(
                            expert(new IdentityMap(x.columns()), labels, random),
                            new CalibratedExpert(blend, rotated.scale() == 1 ? 1 : 0.4, rotated.deviation()),
                            expert(radial, labels, random)),
                    router(router, x, radial, random),
                    0.05);
            return saved(data, model, sources);
        }
    }

    /** One block. */
    static SavedModel alone(LoadedData data, Expert expert) {
        Targets labels = data.dataset().targets();
        return routed(
                data,
                new RoutedModel(
                        LabelSpace.of(labels),
                        List.of(expert),
                        new PriorRouter(new double[] {1}, expert.inputDimension()),
                        0));
    }

    /** Any model of these rows. */
    static SavedModel routed(LoadedData data, RoutedModel model) {
        return saved(data, model, null);
    }

    static LinearExpert linear(LoadedData data) {
        return expert(
                new IdentityMap(data.dataset().dimension()), data.dataset().targets(), new Random(6));
    }

    private static SavedModel saved(LoadedData data, RoutedModel model, @Nullable SourceShares sources) {
        return new SavedModel(
                InputSchema.of(data),
                new ModelSet(model, Map.of(), null, List.of(), List.of(), sources),
                Map.of("verdict", "mixed"));
    }

    private static LinearExpert expert(FeatureMap map, Targets labels, Random random) {
        Loss loss = Loss.forTargets(labels);
        double[] theta = random.doubles((long) loss.logits() * map.outputDimension(), -1, 1)
                .toArray();
        boolean numbers = loss.outputCount() == 1;
        return new LinearExpert(
                map,
                new LinearModel(loss, map.outputDimension(), theta),
                numbers ? 1 : 1.3,
                numbers ? 0.2 + random.nextDouble() : Double.NaN,
                1e-3);
    }

    private static Router router(String name, Matrix x, FeatureMap radial, Random random) {
        int d = x.columns();
        int blocks = SHARES.length;
        Matrix means = x.selectRows(new int[] {1, 4, 7});
        return switch (name) {
            case "prior" -> new PriorRouter(SHARES, d);
            case "softmax" -> new SoftmaxRouter(new IdentityMap(d), SHARES, matrix(blocks, d, random::nextGaussian));
            case "softmax-radial" ->
                new SoftmaxRouter(radial, SHARES, matrix(blocks, radial.outputDimension(), random::nextGaussian));
            // the centre is a row, which has no direction then
            case "centroid" -> new CentroidRouter(x.row(0), means, SHARES, OFFSETS, 2.7);
            case "adaptive-clustering, a space for each block", "adaptive-clustering, one space" ->
                new AdaptiveClusteringRouter(
                        means,
                        matrix(blocks, d, () -> 4 * random.nextDouble()),
                        SHARES,
                        OFFSETS,
                        0.8,
                        !name.endsWith("one space"));
            case "nearest" -> {
                Matrix masses = matrix(50, blocks, random::nextDouble);
                // two that have no vote, and a light one
                for (int k = 0; k < blocks; k++) {
                    masses.set(3, k, 0);
                    masses.set(11, k, 0);
                    masses.set(20, k, 1e-3);
                }
                yield new NearestRouter(x.selectRows(0, 50), masses, SHARES, 7.3, 1);
            }
            default -> throw new IllegalArgumentException(name);
        };
    }

    private static Matrix matrix(int rows, int columns, DoubleSupplier entries) {
        Matrix result = new Matrix(rows, columns);
        for (int k = 0; k < result.values().length; k++) {
            result.values()[k] = entries.getAsDouble();
        }
        return result;
    }
}
