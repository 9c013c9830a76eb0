package dev.assay.io.read;

import dev.assay.data.ClassTargets;
import dev.assay.data.ContentOrder;
import dev.assay.data.Dataset;
import dev.assay.data.FeatureEncoding;
import dev.assay.data.GivenProbabilities;
import dev.assay.data.Note;
import dev.assay.data.RealTargets;
import dev.assay.data.Targets;
import dev.assay.io.cell.CellForms;
import dev.assay.io.file.SourceContent;
import dev.assay.io.network.Embedding;
import dev.assay.job.Sources;
import dev.assay.job.Times;
import dev.assay.job.TrainingData;
import dev.assay.work.Workers;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A data set and everything that was decided while reading it.
 *
 * @param dataset the encoded examples; {@link Dataset#rows()} are the 0-based records of the file, header not counted
 * @param encoding how the input became features, to be applied to further data
 * @param cells what the texts of its cells mean
 * @param source where it came from
 * @param settings how it was asked for
 * @param task classification or regression, never {@link Task#AUTO}
 * @param taskReason why, one line
 * @param notes what else the user should know, one line each
 * @param ids the user's name of each example, or null where no id column was given
 * @param sources where each example comes from, or null where no source column was given
 * @param times when each example was made, or null where no time column was given
 * @param embedding the network between the arrays and the encoding, or null
 * @param probabilities what a model of the user's own says of each example, or null where nobody asked
 */
public record LoadedData(
        Dataset dataset,
        FeatureEncoding encoding,
        CellForms cells,
        DataSource source,
        ReadSettings settings,
        Task task,
        String taskReason,
        List<Note> notes,
        @Nullable List<String> ids,
        @Nullable List<String> sources,
        @Nullable Times times,
        @Nullable Embedding embedding,
        @Nullable GivenProbabilities probabilities) {
    /** Of the largest number in play; a double has 15.95. */
    private static final int SIGNIFICANT_DIGITS = 15;

    /** Copies the lists. */
    public LoadedData {
        notes = List.copyOf(notes);
        ids = ids == null ? null : List.copyOf(ids);
        sources = sources == null ? null : List.copyOf(sources);
    }

    /** The same with other notes. */
    public LoadedData withNotes(List<Note> other) {
        return new LoadedData(
                dataset,
                encoding,
                cells,
                source,
                settings,
                task,
                taskReason,
                other,
                ids,
                sources,
                times,
                embedding,
                probabilities);
    }

    /** The same with what its files hold. */
    public LoadedData with(SourceContent content) {
        return new LoadedData(
                dataset,
                encoding,
                cells,
                source.with(content),
                settings,
                task,
                taskReason,
                notes,
                ids,
                sources,
                times,
                embedding,
                probabilities);
    }

    /** The same with what a model of the user's own says of each example. */
    public LoadedData with(GivenProbabilities given) {
        return new LoadedData(
                dataset,
                encoding,
                cells,
                source,
                settings,
                task,
                taskReason,
                notes,
                ids,
                sources,
                times,
                embedding,
                given);
    }

    /**
     * The same with the examples in an order that depends on their content alone. Sums and draws go from one example to the next;
     * in this order they give the same bits however the rows of the file were shuffled.
     */
    public LoadedData inContentOrder(Workers workers) {
        GivenProbabilities given = probabilities;
        int[] order = ContentOrder.of(given == null ? dataset : given.beside(dataset), workers)
                .sequence();
        return new LoadedData(
                dataset.select(order),
                encoding,
                cells,
                source,
                settings,
                task,
                taskReason,
                notes,
                select(ids, order),
                select(sources, order),
                times == null ? null : times.select(order),
                embedding,
                given == null ? null : given.select(order));
    }

    private static @Nullable List<String> select(@Nullable List<String> texts, int[] order) {
        return texts == null ? null : Arrays.stream(order).mapToObj(texts::get).toList();
    }

    /** The same for a job, which knows of no files. */
    public TrainingData forJob() {
        String column = settings.source();
        return new TrainingData(
                dataset,
                encoding,
                source.label(),
                sources == null || column == null ? null : new Sources(column, sources),
                times,
                probabilities);
    }

    /** The label of an example: the exact text of a class, or the number. */
    public String labelText(int example) {
        Targets targets = dataset.targets();
        if (targets instanceof ClassTargets classes) {
            return classes.names().get(classes.codes()[example]);
        }
        RealTargets numbers = (RealTargets) targets;
        double value = numbers.original(numbers.values()[example]);
        // what standardising and back has added in the last places is none of the user's digits
        double magnitude = Math.max(Math.abs(value), Math.max(Math.abs(numbers.mean()), numbers.scale()));
        int places = SIGNIFICANT_DIGITS - 1 - Math.getExponent(magnitude) * 3 / 10;
        return Double.toString(
                new BigDecimal(value).setScale(places, RoundingMode.HALF_EVEN).doubleValue());
    }

    /** The user's name of an example, or its 0-based record in the file where there is no id column. */
    public String id(int example) {
        return ids == null ? Integer.toString(dataset.rows()[example]) : ids.get(example);
    }
}
