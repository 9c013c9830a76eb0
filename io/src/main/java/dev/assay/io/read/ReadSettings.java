package dev.assay.io.read;

import dev.assay.data.EncodingStyle;
import dev.assay.io.cell.CellSettings;
import dev.assay.io.network.EmbeddingChoice;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * How a data set is to be read. Start from {@link #automatic()} and change what differs.
 *
 * @param label the column (or the key of the array) with the labels; null to guess it, which works for arrays only
 * @param id the column with the user's own name of each row, or null
 * @param weight the column with the weight of each row, or null for equal weights
 * @param source the column that says where each row comes from, which is no feature, or null
 * @param group the column whose rows of one value stay together, which is no feature, or null
 * @param time the column that says when each row was made, which is no feature, or null
 * @param features the columns that become features, or the one key of the features array; empty for all that is left
 * @param drop columns that are left out
 * @param numeric columns to be taken as numbers where the encoder would take them as categories
 * @param categorical columns to be taken as categories
 * @param text columns to be taken as free text
 * @param labelsFile the file with the labels where they are not in the file of the features, or null
 * @param task what is to be predicted
 * @param header whether the first line of a CSV or TSV file names the columns
 * @param cells what the texts of cells mean
 * @param style how columns become features
 * @param embedding the network that makes the features of arrays and images, or null
 * @param probabilities where it stands what a model of the user's own says of each row, or null; the data then needs no features
 */
public record ReadSettings(
        @Nullable String label,
        @Nullable String id,
        @Nullable String weight,
        @Nullable String source,
        @Nullable String group,
        @Nullable String time,
        List<String> features,
        List<String> drop,
        List<String> numeric,
        List<String> categorical,
        List<String> text,
        @Nullable Path labelsFile,
        Task task,
        Header header,
        CellSettings cells,
        EncodingStyle style,
        @Nullable EmbeddingChoice embedding,
        @Nullable ProbabilityFiles probabilities) {

    /** Whether the first line of a text table names the columns. */
    public enum Header {
        /** It does unless each of its fields is a number; 0, 1, 2, ... and 1, 2, 3, ... are names. */
        AUTO,
        /** It does. */
        PRESENT,
        /** It does not; the columns are named by their position: 1, 2, ... */
        ABSENT
    }

    /** Copies the lists. */
    public ReadSettings {
        features = List.copyOf(features);
        drop = List.copyOf(drop);
        numeric = List.copyOf(numeric);
        categorical = List.copyOf(categorical);
        text = List.copyOf(text);
    }

    /** Nothing said: everything is decided from the data. */
    public static ReadSettings automatic() {
        return new Draft().settings();
    }

    /** The same with another label column or key. */
    public ReadSettings withLabel(@Nullable String newLabel) {
        return changed(draft -> draft.label = newLabel);
    }

    /** The same with another id column. */
    public ReadSettings withId(@Nullable String newId) {
        return changed(draft -> draft.id = newId);
    }

    /** The same with another weight column. */
    public ReadSettings withWeight(@Nullable String newWeight) {
        return changed(draft -> draft.weight = newWeight);
    }

    /** The same with another source column. */
    public ReadSettings withSource(@Nullable String newSource) {
        return changed(draft -> draft.source = newSource);
    }

    /** The same with another group column. */
    public ReadSettings withGroup(@Nullable String newGroup) {
        return changed(draft -> draft.group = newGroup);
    }

    /** The same with another time column. */
    public ReadSettings withTime(@Nullable String newTime) {
        return changed(draft -> draft.time = newTime);
    }

    /** The same with other feature columns or key. */
    public ReadSettings withFeatures(List<String> newFeatures) {
        return changed(draft -> draft.features = newFeatures);
    }

    /** The same with other columns left out. */
    public ReadSettings withDrop(List<String> newDrop) {
        return changed(draft -> draft.drop = newDrop);
    }

    /** The same with other columns forced to be numbers. */
    public ReadSettings withNumeric(List<String> newNumeric) {
        return changed(draft -> draft.numeric = newNumeric);
    }

    /** The same with other columns forced to be categories. */
    public ReadSettings withCategorical(List<String> newCategorical) {
        return changed(draft -> draft.categorical = newCategorical);
    }

    /** The same with other columns taken as free text. */
    public ReadSettings withText(List<String> newText) {
        return changed(draft -> draft.text = newText);
    }

    /** The same with another file of the labels. */
    public ReadSettings withLabelsFile(@Nullable Path newLabelsFile) {
        return changed(draft -> draft.labelsFile = newLabelsFile);
    }

    /** The same with another task. */
    public ReadSettings withTask(Task newTask) {
        return changed(draft -> draft.task = newTask);
    }

    /** The same with another word on the first line. */
    public ReadSettings withHeader(Header newHeader) {
        return changed(draft -> draft.header = newHeader);
    }

    /** The same with another encoding style. */
    public ReadSettings withStyle(EncodingStyle newStyle) {
        return changed(draft -> draft.style = newStyle);
    }

    /** The same with another word on the texts of cells. */
    public ReadSettings withCells(CellSettings newCells) {
        return changed(draft -> draft.cells = newCells);
    }

    /** The same with another network that makes the features. */
    public ReadSettings withEmbedding(@Nullable EmbeddingChoice newEmbedding) {
        return changed(draft -> draft.embedding = newEmbedding);
    }

    /** The same with other probabilities by a model of the user's own. */
    public ReadSettings withProbabilities(@Nullable ProbabilityFiles newProbabilities) {
        return changed(draft -> draft.probabilities = newProbabilities);
    }

    private ReadSettings changed(Consumer<Draft> change) {
        Draft draft = new Draft();
        draft.label = label;
        draft.id = id;
        draft.weight = weight;
        draft.source = source;
        draft.group = group;
        draft.time = time;
        draft.features = features;
        draft.drop = drop;
        draft.numeric = numeric;
        draft.categorical = categorical;
        draft.text = text;
        draft.labelsFile = labelsFile;
        draft.task = task;
        draft.header = header;
        draft.cells = cells;
        draft.style = style;
        draft.embedding = embedding;
        draft.probabilities = probabilities;
        change.accept(draft);
        return draft.settings();
    }

    /** Settings while they are put together. */
    private static final class Draft {
        private @Nullable String label;
        private @Nullable String id;
        private @Nullable String weight;
        private @Nullable String source;
        private @Nullable String group;
        private @Nullable String time;
        private List<String> features = List.of();
        private List<String> drop = List.of();
        private List<String> numeric = List.of();
        private List<String> categorical = List.of();
        private List<String> text = List.of();
        private @Nullable Path labelsFile;
        private Task task = Task.AUTO;
        private Header header = Header.AUTO;
        private CellSettings cells = CellSettings.automatic();
        private EncodingStyle style = EncodingStyle.automatic();
        private @Nullable EmbeddingChoice embedding;
        private @Nullable ProbabilityFiles probabilities;

        ReadSettings settings() {
            return new ReadSettings(
                    label,
                    id,
                    weight,
                    source,
                    group,
                    time,
                    features,
                    drop,
                    numeric,
                    categorical,
                    text,
                    labelsFile,
                    task,
                    header,
                    cells,
                    style,
                    embedding,
                    probabilities);
        }
    }
}
