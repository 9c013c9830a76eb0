package dev.assay.io.model;

import dev.assay.data.Targets;
import dev.assay.io.DataReader;
import dev.assay.io.array.TestArrays;
import dev.assay.io.read.InputSchema;
import dev.assay.io.read.LoadedData;
import dev.assay.io.read.ReadSettings;
import dev.assay.job.ModelSet;
import dev.assay.learn.Expert;
import dev.assay.learn.FeatureMap;
import dev.assay.learn.IdentityMap;
import dev.assay.learn.LinearExpert;
import dev.assay.learn.PrincipalMap;
import dev.assay.learn.RadialMap;
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
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;

/** Models of random numbers over real encodings, with every kind of part. */
final class SavedModels {
    static final ReadSettings READING =
            ReadSettings.automatic().withLabel("y").withId("name").withDrop(List.of("note"));
    private static final double[] SHARES = {0.7, 0.3};

    private SavedModels() {}

    /** Three classes from a table with every kind of column; two blocks. */
    static SavedModel classes(Path folder, String router) throws IOException {
        StringBuilder csv = new StringBuilder("number,when,flag,colour,code,gap,only,name,note,y\n");
        Random random = new Random(3);
        for (int row = 0; row < 200; row++) {
            csv.append(String.format(
                    Locale.ROOT,
                    "%.17g,2024-%02d-%02d,%b,%s,%d,%s,%s,n%d,text %d,%s%n",
                    random.nextGaussian() / 3,
                    1 + row % 12,
                    1 + row % 28,
                    random.nextBoolean(),
                    List.of("red", "\"gr, een\"", "blue", "rare" + row % 60).get(random.nextInt(4)),
                    random.nextInt(5),
                    row % 7 == 0 ? "" : Double.toString(random.nextDouble()),
                    row % 5 == 0 ? "" : "always",
                    row,
                    row,
                    List.of("01", "1", "one").get(row % 3)));
        }
        Path file = folder.resolve("train.csv");
        Files.writeString(file, csv.toString().replace("\r\n", "\n"));
        LoadedData data = new DataReader(1).read(file, READING);
        try (Workers workers = Workers.of(1)) {
            Matrix x = data.dataset().features();
            int d = x.columns();
            Targets labels = data.dataset().targets();
            FeatureMap identity = new IdentityMap(d);
            FeatureMap principal = PrincipalMap.of(x, 5, workers);
            FeatureMap radial = radial(x, workers);
            RoutedModel model = new RoutedModel(
                    LabelSpace.of(labels),
                    List.of(expert(identity, labels, 1), expert(radial, labels, 2)),
                    router(router, x, radial),
                    0.1);
            return new SavedModel(
                    InputSchema.of(data),
                    new ModelSet(
                            model,
                            Map.of("one", alone(expert(principal, labels, 3), labels)),
                            alone(expert(principal, labels, 4), labels),
                            List.of("north"),
                            List.of("north", ""),
                            new SourceShares(
                                    "site",
                                    List.of("north", "south, \"west\""),
                                    new Matrix(2, 2, new double[] {0.125, 0.875, 1 - 1e-9, 1e-9}))),
                    Map.of("verdict", "mixed"));
        }
    }

    /** Numbers from an array of small images; one block. */
    static SavedModel numbersFromArrays(Path folder) throws IOException {
        Random random = new Random(4);
        byte[] images = TestArrays.npy(
                "<f8", "(30, 2, 3)", TestArrays.doubles(random.doubles(180).toArray()));
        byte[] labels = TestArrays.npy(
                "<f8", "(30,)", TestArrays.doubles(random.doubles(30).toArray()));
        LoadedData data = new DataReader(1)
                .read(
                        TestArrays.npz(folder.resolve("train.npz"), Map.of("X", images, "y", labels)),
                        ReadSettings.automatic());
        int d = data.dataset().dimension();
        Targets targets = data.dataset().targets();
        RoutedModel model = new RoutedModel(
                LabelSpace.of(targets),
                List.of(expert(new IdentityMap(d), targets, 5)),
                new PriorRouter(new double[] {1}, d),
                0);
        return new SavedModel(
                InputSchema.of(data), new ModelSet(model, Map.of(), null, List.of(), List.of(), null), Map.of());
    }

    private static RoutedModel alone(Expert expert, Targets labels) {
        return new RoutedModel(
                LabelSpace.of(labels), List.of(expert), new PriorRouter(new double[] {1}, expert.inputDimension()), 0);
    }

    private static FeatureMap radial(Matrix x, Workers workers) {
        return RadialMap.of(x.selectRows(IntStream.range(0, 20).toArray()), 0.5, 6, workers);
    }

    private static Expert expert(FeatureMap map, Targets labels, long seed) {
        Loss loss = Loss.forTargets(labels);
        Random random = new Random(seed);
        double[] theta = new double[loss.logits() * map.outputDimension()];
        for (int k = 0; k < theta.length; k++) {
            theta[k] = random.nextGaussian();
        }
        // what decimals are most likely to spoil
        theta[0] = -0.0;
        theta[1] = Double.MIN_VALUE;
        theta[2] = 0.1 + 0.2;
        double deviation = loss.outputCount() == 1 ? 1 / 3.0 : Double.NaN;
        return new LinearExpert(
                map,
                new LinearModel(loss, map.outputDimension(), theta),
                loss.outputCount() == 1 ? 1 : 1.25,
                deviation,
                1e-5 / 3);
    }

    private static Router router(String name, Matrix x, FeatureMap radial) {
        int d = x.columns();
        Random random = new Random(6);
        Matrix means = matrix(2, d, z -> random.nextGaussian());
        return switch (name) {
            case "prior" -> new PriorRouter(SHARES, d);
            case "softmax" -> new SoftmaxRouter(new IdentityMap(d), SHARES, means);
            case "softmax-radial" ->
                new SoftmaxRouter(radial, SHARES, matrix(2, radial.outputDimension(), z -> random.nextGaussian()));
            case "centroid" -> new CentroidRouter(x.row(0), means, SHARES, new double[] {0.1, -1 / 7.0}, 1 / 3.0);
            case "adaptive-clustering" ->
                new AdaptiveClusteringRouter(
                        means,
                        matrix(2, d, z -> random.nextDouble()),
                        SHARES,
                        new double[] {0.1, -1 / 7.0},
                        1 / 7.0,
                        true);
            default ->
                new NearestRouter(x.selectRows(0, 30), matrix(30, 2, z -> random.nextDouble()), SHARES, 5, 1 / 3.0);
        };
    }

    private static Matrix matrix(int rows, int columns, DoubleUnaryOperator values) {
        Matrix result = new Matrix(rows, columns);
        double[] entries = result.values();
        for (int k = 0; k < entries.length; k++) {
            entries[k] = values.applyAsDouble(k);
        }
        return result;
    }
}
