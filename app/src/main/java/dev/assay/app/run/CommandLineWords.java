package dev.assay.app.run;

import dev.assay.app.result.Choice;
import dev.assay.divide.DivideSettings;
import dev.assay.io.cell.CellSettings;
import dev.assay.io.network.EmbeddingChoice;
import dev.assay.io.read.ProbabilityFiles;
import dev.assay.io.read.ReadSettings;
import dev.assay.learn.LearnerSet;
import dev.assay.purify.PurifySettings;
import dev.assay.purify.RemovalStep;
import dev.assay.route.RouterSelector;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A run as words of a command line, so that its record says how to repeat it. What is as it is by default is not said; each
 * value is tied to its option, whatever it looks like.
 */
public final class CommandLineWords {
    private final List<String> words = new ArrayList<>();

    private CommandLineWords() {}

    static List<String> of(RunOrder order) {
        CommandLineWords line = new CommandLineWords();
        LearningRun run = order.run();
        line.words.add(run.command());
        line.words.add(run.input().data().toString());
        line.input(run.input());
        if (run instanceof DivideRun divide) {
            line.divide(divide.settings());
        } else if (run instanceof ModelRun model) {
            line.divide(model.settings());
            line.add("--router", model.router(), RouterSelector.AUTO);
        } else if (run instanceof PurifyRun purify) {
            line.purify(purify.settings());
        } else if (run instanceof DiagnoseRun diagnose) {
            line.models(diagnose.learners());
            line.without("--no-outliers", diagnose.wanted().outliers());
            line.without("--no-near-duplicates", diagnose.wanted().nearDuplicates());
            line.without("--no-order-drift", diagnose.wanted().orderDrift());
        }
        line.add("--seed", run.seed(), PurifySettings.AUTOMATIC.seed());
        line.add("--out", order.out(), null);
        line.add("--threads", order.threads(), null);
        return line.words;
    }

    private void input(RunInput input) {
        ReadSettings reading = input.reading();
        add("--label", reading.label(), null);
        add("--labels", reading.labelsFile(), null);
        add("--test", input.test(), null);
        add("--test-labels", input.testLabels(), null);
        add("--id", reading.id(), null);
        add("--weight", reading.weight(), null);
        columns("--drop", reading.drop());
        columns("--features", reading.features());
        columns("--numeric", reading.numeric());
        columns("--categorical", reading.categorical());
        columns("--text", reading.text());
        EmbeddingChoice embedding = reading.embedding();
        if (embedding != null) {
            add("--embed", embedding.network(), null);
            add("--embed-output", embedding.output(), null);
            add("--embed-scale", embedding.divisor(), null);
        }
        ReadSettings usual = ReadSettings.automatic();
        add("--task", Choice.name(reading.task()), Choice.name(usual.task()));
        add("--header", ReadChoices.name(reading.header()), ReadChoices.name(usual.header()));
        CellSettings cells = reading.cells();
        add("--dates", cells.dates() == null ? null : Choice.name(cells.dates()), null);
        add("--decimal", cells.decimalMark() == null ? null : Choice.name(cells.decimalMark()), null);
        add("--label-na", cells.keepLabelMarkers() ? "keep" : null, null);
        add("--source", reading.source(), null);
        add("--group", reading.group(), null);
        add("--time", reading.time(), null);
        ProbabilityFiles given = reading.probabilities();
        if (given != null) {
            add("--probabilities", given.probabilities(), null);
            columns("--probability-labels", given.labels());
            add("--probability-folds", given.folds(), null);
        }
    }

    private void models(LearnerSet learners) {
        add("--model", OfferedModels.name(learners), OfferedModels.AUTO);
    }

    private void divide(DivideSettings settings) {
        models(settings.learners());
        add("--max-blocks", settings.maxBlocks(), DivideSettings.AUTOMATIC.maxBlocks());
        add("--method", Choice.name(settings.method()), Choice.name(DivideSettings.AUTOMATIC.method()));
    }

    private void purify(PurifySettings settings) {
        models(settings.learners());
        Integer iterations = settings.iterations();
        PurifySettings usual = settings.paperPreset() && iterations != null
                ? PurifySettings.paper(iterations)
                : PurifySettings.AUTOMATIC;
        add("--preset", settings.paperPreset() ? "paper" : null, null);
        add("--criterion", Choice.name(settings.criterion()), Choice.name(usual.criterion()));
        add("--method", Choice.name(settings.method()), Choice.name(usual.method()));
        RemovalStep step = settings.step();
        if (!step.equals(usual.step())) {
            add("--step", step.rows() > 0 ? (Object) step.rows() : (Object) step.share(), null);
        }
        add("--iterations", iterations, null);
        add("--ridge", settings.ridge(), usual.ridge());
        add("--folds", settings.folds(), usual.folds());
    }

    private void without(String option, boolean isWanted) {
        if (!isWanted) {
            words.add(option);
        }
    }

    private void add(String option, @Nullable Object value, @Nullable Object usual) {
        if (value != null && !Objects.equals(value, usual)) {
            words.add(option + "=" + value);
        }
    }

    /** Each on its own, a comma in a name escaped. */
    private void columns(String option, List<String> names) {
        for (String name : names) {
            words.add(option + "=" + name.replace("\\", "\\\\").replace(",", "\\,"));
        }
    }
}
