package dev.assay.tribuo;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.tribuo.Example;
import org.tribuo.MutableDataset;
import org.tribuo.Output;
import org.tribuo.OutputFactory;
import org.tribuo.classification.Label;
import org.tribuo.classification.LabelFactory;
import org.tribuo.impl.ArrayExample;
import org.tribuo.provenance.SimpleDataSourceProvenance;
import org.tribuo.regression.RegressionFactory;
import org.tribuo.regression.Regressor;

/** Examples of two sites, told apart by a feature, whose rules are each other's opposite: no one linear model predicts them. */
final class PlantedExamples {
    private PlantedExamples() {}

    static List<Example<Label>> labels(int count, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Example<Label>> result = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            double[] x = features(random);
            double margin = x[2] * (x[0] + 0.5 * x[1]);
            result.add(new ArrayExample<>(new Label(margin > 0 ? "yes" : "no"), new String[] {"a", "b", "site"}, x));
        }
        return result;
    }

    static List<Example<Regressor>> numbers(int count, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Example<Regressor>> result = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            double[] x = features(random);
            double y = 3 + x[2] * (2 * x[0] - x[1]) + 0.05 * random.nextGaussian();
            result.add(new ArrayExample<>(new Regressor("price", y), new String[] {"a", "b", "site"}, x));
        }
        return result;
    }

    private static double[] features(SplittableRandom random) {
        return new double[] {random.nextGaussian(), random.nextGaussian(), random.nextBoolean() ? 1 : -1};
    }

    static MutableDataset<Label> ofLabels(List<Example<Label>> examples) {
        return dataset(examples, new LabelFactory());
    }

    static MutableDataset<Regressor> ofNumbers(List<Example<Regressor>> examples) {
        return dataset(examples, new RegressionFactory());
    }

    private static <T extends Output<T>> MutableDataset<T> dataset(
            List<Example<T>> examples, OutputFactory<T> factory) {
        return new MutableDataset<>(examples, new SimpleDataSourceProvenance("planted", factory), factory);
    }
}
