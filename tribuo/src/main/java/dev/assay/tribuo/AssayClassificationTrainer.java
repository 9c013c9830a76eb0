package dev.assay.tribuo;

import dev.assay.data.Column;
import dev.assay.io.cell.CellForms;
import dev.assay.io.read.Labels;
import dev.assay.io.read.MissingLabels;
import dev.assay.io.read.Task;
import dev.assay.route.RouterSelector;
import java.util.Map;
import org.tribuo.classification.Label;

/** Routed experts that predict classes. */
public final class AssayClassificationTrainer extends AssayTrainer<Label> {
    private static final String LABEL = "label";

    /** With the standard settings, or those of a configuration. */
    public AssayClassificationTrainer() {}

    /** With a seed, and all models and routers. */
    public AssayClassificationTrainer(long seed) {
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
    public AssayClassificationTrainer(long seed, boolean linear, boolean radial, boolean trees, String router) {
        super(seed, linear, radial, trees, router);
    }

    @Override
    String labelName(org.tribuo.Dataset<Label> examples) {
        return LABEL;
    }

    @Override
    Labels labels(Column.Texts texts, double[] weights) {
        return Labels.of(
                texts,
                Task.CLASSIFICATION,
                weights,
                CellForms.plain(true),
                MissingLabels.of("example", 0, Map.of(), true));
    }

    @Override
    String text(Label output) {
        return output.getLabel();
    }
}
