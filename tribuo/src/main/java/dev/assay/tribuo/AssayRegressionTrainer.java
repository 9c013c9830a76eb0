package dev.assay.tribuo;

import dev.assay.data.Column;
import dev.assay.data.InvalidInputException;
import dev.assay.io.cell.CellForms;
import dev.assay.io.read.Labels;
import dev.assay.io.read.MissingLabels;
import dev.assay.io.read.Task;
import dev.assay.route.RouterSelector;
import java.util.Map;
import org.tribuo.regression.Regressor;

/** Routed experts that predict one number, with its variance. */
public final class AssayRegressionTrainer extends AssayTrainer<Regressor> {
    /** With the standard settings, or those of a configuration. */
    public AssayRegressionTrainer() {}

    /** With a seed, and all models and routers. */
    public AssayRegressionTrainer(long seed) {
        this(seed, true, true, true, RouterSelector.AUTO);
    }

    /**
     * With settings of one's own.
     *
     * @param seed of everything that is drawn
     * @param linear whether experts may be linear
     * @param radial whether experts may be linear in radial functions
     * @param trees whether experts may be boosted trees
     * @param router a name of {@link RouterSelector#names()}
     */
    public AssayRegressionTrainer(long seed, boolean linear, boolean radial, boolean trees, String router) {
        super(seed, linear, radial, trees, router);
    }

    @Override
    String labelName(org.tribuo.Dataset<Regressor> examples) {
        String[] names = Regressor.extractNames(examples.getOutputInfo());
        if (names.length != 1) {
            throw new InvalidInputException("the examples have " + names.length + " numbers each to be predicted, "
                    + String.join(", ", names) + ", expected one: train a model for each");
        }
        return names[0];
    }

    @Override
    Labels labels(Column.Texts texts, double[] weights) {
        return Labels.of(
                texts, Task.REGRESSION, weights, CellForms.plain(true), MissingLabels.of("example", 0, Map.of(), true));
    }

    @Override
    String text(Regressor output) {
        return Double.toString(output.getValues()[0]);
    }
}
