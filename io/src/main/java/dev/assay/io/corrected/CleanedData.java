package dev.assay.io.corrected;

import dev.assay.data.InvalidInputException;
import dev.assay.io.array.ArrayFile;
import dev.assay.io.cell.Numerals;
import dev.assay.io.file.AtomicFile;
import dev.assay.io.file.FileFormat;
import dev.assay.io.read.DataSource;
import dev.assay.io.table.RowTexts;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A data file as a person put it right: without some records, with other labels for some. Of the same format as the input
 * (an .npz archive for arrays), of a text file every other byte as it was; what was gzipped is written plainly.
 *
 * @param source the input
 * @param sourceColumn the column or key that says where each record comes from, or null
 * @param dropped 0-based records that are left out
 * @param labels the new label of some records
 */
public record CleanedData(
        DataSource source, @Nullable String sourceColumn, Set<Integer> dropped, Map<Integer, String> labels) {
    /** Copies the set and the map. */
    public CleanedData {
        dropped = Set.copyOf(dropped);
        labels = Map.copyOf(labels);
    }

    /** The usual ending of the name of such a file, without the dot. */
    public String extension() {
        return (source.format().isTable() ? source.format() : FileFormat.NPZ).extension();
    }

    /**
     * Checks that the input is what the decisions were made about.
     *
     * @param previousLabels the labels that some records had
     * @throws InvalidInputException if it is not
     */
    public void requireUnchanged(Map<Integer, String> previousLabels) {
        int[] records =
                previousLabels.keySet().stream().mapToInt(Integer::intValue).toArray();
        for (int record : records) {
            if (record < 0 || record >= source.records()) {
                throw changed("it has no record " + record + " any more");
            }
        }
        if (!source.format().isTable()) {
            return;
        }
        List<List<String>> texts = RowTexts.of(source, List.of(source.label()), records);
        for (int place = 0; place < records.length; place++) {
            String before = previousLabels.getOrDefault(records[place], "");
            String now = texts.get(place).get(0);
            if (!isSame(before, now)) {
                throw changed("the label of record " + records[place] + " was '" + before + "', now '" + now + "'");
            }
        }
    }

    private static boolean isSame(String before, String now) {
        OptionalDouble one = Numerals.parse(before);
        OptionalDouble other = Numerals.parse(now);
        return before.equals(now) || (one.isPresent() && other.isPresent() && one.getAsDouble() == other.getAsDouble());
    }

    private InvalidInputException changed(String how) {
        return new InvalidInputException(source.path() + " was changed since the run: " + how);
    }

    /**
     * Writes the file, over what is there.
     *
     * @throws InvalidInputException if nothing would be left, or the input changed or cannot be read
     */
    public Path write(Path place) {
        int[] records = IntStream.range(0, source.records())
                .filter(record -> !dropped.contains(record))
                .toArray();
        if (records.length == 0) {
            throw new InvalidInputException("every record of " + source.path() + " is dropped: nothing is left");
        }
        CorrectedWriter writer = new CorrectedWriter(source, records, labels, sourceColumn);
        return AtomicFile.write(place, source.format().isTable() ? writer::writeSameFormat : writer::writeArrays);
    }

    /** What the array of the features is called in the written archive. */
    public String featuresKey() {
        return CorrectedWriter.featuresKey(source.featureColumns().get(0));
    }

    /** What the array of the labels is called in the written archive. */
    public String labelsKey() {
        if (source.labelsFile() == null) {
            return source.label();
        }
        try (ArrayFile file = ArrayFile.open(source.file())) {
            return CorrectedWriter.labelsKey(source.label(), file.arrays());
        }
    }
}
