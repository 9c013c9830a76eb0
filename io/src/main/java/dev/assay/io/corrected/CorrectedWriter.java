package dev.assay.io.corrected;

import dev.assay.data.InvalidInputException;
import dev.assay.io.array.ArrayEntry;
import dev.assay.io.array.ArrayFile;
import dev.assay.io.array.ArrayHeader;
import dev.assay.io.file.AtomicFile;
import dev.assay.io.file.FileFormat;
import dev.assay.io.file.InputFile;
import dev.assay.io.read.DataSource;
import dev.assay.io.table.DelimitedRecords;
import dev.assay.io.table.DuckDatabase;
import dev.assay.io.table.JsonKeys;
import dev.assay.io.table.JsonRecords;
import dev.assay.io.table.TableColumn;
import dev.assay.io.table.TableLayout;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.duckdb.DuckDBAppender;
import org.jspecify.annotations.Nullable;

/**
 * Writes the kept records of an input file as they are, but for labels that were put right: of a text file every other byte
 * stays.
 */
public final class CorrectedWriter {

    /** What NumPy stamps on the files in an archive, so that the same content is the same bytes. */
    private static final LocalDateTime STAMP = LocalDateTime.of(1980, 1, 1, 0, 0);

    private static final int ENTRIES_AT_ONCE = 4096;
    /** Names that no column of the user has. */
    private static final String FLAG = DuckDatabase.identifier("assay: kept");

    private static final String LABEL = DuckDatabase.identifier("assay: label");

    private final DataSource source;
    private final int[] records;
    private final BitSet kept = new BitSet();
    private final Map<Integer, String> labels;
    private final @Nullable String sourceKey;

    /**
     * For the given records.
     *
     * @param records 0-based, ascending
     */
    public CorrectedWriter(DataSource source, int[] records) {
        this(source, records, Map.of(), null);
    }

    /**
     * For the given records with other labels.
     *
     * @param records 0-based, ascending
     * @param labels the new label of some records
     * @param sourceKey the array that says where each example comes from, or null
     */
    public CorrectedWriter(DataSource source, int[] records, Map<Integer, String> labels, @Nullable String sourceKey) {
        this.source = source;
        this.records = records;
        this.labels = Map.copyOf(labels);
        this.sourceKey = sourceKey;
        for (int index = 0; index < records.length; index++) {
            if (records[index] < 0
                    || records[index] >= source.records()
                    || (index > 0 && records[index] <= records[index - 1])) {
                throw new IllegalArgumentException("record " + records[index] + " at place " + index
                        + ", expected ascending records from 0 to " + (source.records() - 1));
            }
            kept.set(records[index]);
        }
    }

    /** The same format as the input; text formats byte for byte. */
    public void writeSameFormat(Path path) throws IOException {
        write(path, this::writeRecords);
    }

    private void writeRecords(Path path) throws IOException {
        switch (source.format()) {
            case CSV, TSV -> writeLines(path);
            case JSON, JSON_LINES -> writeObjects(path);
            case PARQUET -> copy(path, "FORMAT parquet");
            case NPY, NPZ, IDX -> throw new IllegalStateException(source.path() + " is no table");
        }
    }

    /** CSV whatever the input. */
    public void writeCsv(Path path) throws IOException {
        write(path, this::writeTable);
    }

    private void writeTable(Path path) throws IOException {
        List<String> names = copy(path, "FORMAT csv, HEADER true");
        if (!JsonKeys.collide(names)) {
            return;
        }
        // to columns whose names differ in case only DuckDB gives other names
        Path rows = Files.createTempFile("assay-rows-", ".csv");
        try (OutputStream out = Files.newOutputStream(path)) {
            copy(rows, "FORMAT csv, HEADER false");
            out.write(names.stream()
                    .map(CorrectedWriter::csvField)
                    .collect(Collectors.joining(",", "", "\n"))
                    .getBytes(StandardCharsets.UTF_8));
            Files.copy(rows, out);
        } finally {
            Files.delete(rows);
        }
    }

    private static String csvField(String text) {
        boolean plain = !text.isEmpty() && text.chars().noneMatch(one -> ",\"\n\r'".indexOf(one) >= 0);
        return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
    }

    /** What was written is of the content that the records were chosen from, or the writing fails. */
    private void write(Path path, AtomicFile.Content writing) throws IOException {
        source.content().<Path, IOException>unchanged(() -> {
            writing.write(path);
            return path;
        });
    }

    private void writeLines(Path path) throws IOException {
        DataSource.TextLayout layout = source.text();
        if (layout == null) {
            throw new IllegalStateException(source.path() + " has no text layout");
        }
        int column = labels.isEmpty() ? -1 : labelColumn(layout);
        try (DelimitedRecords lines = new DelimitedRecords(source.file(), layout.delimiter());
                OutputStream out = new BufferedOutputStream(Files.newOutputStream(path))) {
            int record = layout.header() ? -1 : 0;
            while (lines.next()) {
                String label = labels.get(record);
                if (label != null && kept.get(record)) {
                    FieldEdit.write(lines.buffer(), lines.length(), layout.delimiter(), column, label, out);
                } else if (record < 0 || kept.get(record)) {
                    out.write(lines.buffer(), 0, lines.length());
                }
                record++;
            }
            requireUnchanged(record);
        }
    }

    private int labelColumn(DataSource.TextLayout layout) throws IOException {
        try (DelimitedRecords lines = new DelimitedRecords(source.file(), layout.delimiter())) {
            if (!lines.next()) {
                throw changed("it is empty now");
            }
            List<String> first = lines.texts();
            int column = layout.header() ? first.indexOf(source.label()) : -1;
            for (int place = 0; place < first.size() && column < 0; place++) {
                // a column without a name is called by its place
                boolean unnamed = !layout.header() || first.get(place).isEmpty();
                column = unnamed && source.label().equals(Integer.toString(place + 1)) ? place : column;
            }
            if (column < 0) {
                throw changed("it has no column '" + source.label() + "' any more");
            }
            return column;
        }
    }

    private InvalidInputException changed(String how) {
        return new InvalidInputException(source.path() + " was changed since the run: " + how);
    }

    private void writeObjects(Path path) throws IOException {
        boolean array = source.format() == FileFormat.JSON;
        try (JsonRecords objects = new JsonRecords(source.file());
                OutputStream out = new BufferedOutputStream(Files.newOutputStream(path))) {
            int record = 0;
            boolean first = true;
            while (objects.next()) {
                if (kept.get(record)) {
                    if (array) {
                        out.write((first ? "[\n" : ",\n").getBytes(StandardCharsets.UTF_8));
                    }
                    String label = labels.get(record);
                    if (label == null) {
                        out.write(objects.buffer(), 0, objects.length());
                    } else {
                        byte[] object = Arrays.copyOf(objects.buffer(), objects.length());
                        out.write(JsonEdit.withValue(object, source.label(), label));
                    }
                    if (!array) {
                        out.write('\n');
                    }
                    first = false;
                }
                record++;
            }
            if (array) {
                out.write((first ? "[]\n" : "\n]\n").getBytes(StandardCharsets.UTF_8));
            }
            requireUnchanged(record);
        }
    }

    private void requireUnchanged(int count) {
        if (count != source.records()) {
            throw new InvalidInputException(source.path() + " was changed while it was being worked on: it had "
                    + source.records() + " records, now " + count + "; run again");
        }
    }

    /** Every column as it is, in the order of the file; gives their names. */
    private List<String> copy(Path path, String options) throws IOException {
        try (DuckDatabase database = DuckDatabase.open(1)) {
            TableLayout layout = TableLayout.of(source.file(), source.header(), database);
            requireUnchanged(layout.records());
            boolean[] asText = new boolean[layout.columns().size()];
            Arrays.fill(asText, true);
            boolean exact = source.format() != FileFormat.PARQUET;
            String columns = layout.columns().stream()
                    .map(column -> value(column, exact) + " AS " + DuckDatabase.identifier(column.name()))
                    .collect(Collectors.joining(", "));
            database.execute("CREATE TABLE flags (" + FLAG + " BOOLEAN, " + LABEL + " VARCHAR)");
            try (DuckDBAppender appender = database.appender("flags")) {
                for (int record = 0; record < source.records(); record++) {
                    appender.beginRow();
                    appender.append(kept.get(record));
                    String label = labels.get(record);
                    if (label == null) {
                        appender.appendNull();
                    } else {
                        appender.append(label);
                    }
                    appender.endRow();
                }
            }
            database.execute("COPY (SELECT " + columns + " FROM (SELECT * FROM " + layout.relation(asText)
                    + ") AS data POSITIONAL JOIN flags WHERE flags." + FLAG + ") TO "
                    + DuckDatabase.quoted(path.toAbsolutePath().toString()) + " (" + options + ")");
            return layout.names();
        } catch (SQLException problem) {
            throw new IOException(problem.getMessage(), problem);
        }
    }

    private String value(TableColumn column, boolean exact) {
        String there = exact ? column.text() : "data." + DuckDatabase.identifier(column.key());
        if (labels.isEmpty() || !column.name().equals(source.label())) {
            return there;
        }
        String given = "flags." + LABEL;
        return "coalesce(" + (exact ? given : "CAST(" + given + " AS " + column.type() + ")") + ", " + there + ")";
    }

    /** The arrays with the kept examples only, and all other arrays of the file as they are. */
    public void writeArrays(Path path) throws IOException {
        write(path, this::writeExamples);
    }

    private void writeExamples(Path path) throws IOException {
        try (ArrayFile file = ArrayFile.open(source.file());
                ZipOutputStream out = new ZipOutputStream(new BufferedOutputStream(Files.newOutputStream(path)))) {
            String features = source.featureColumns().get(0);
            for (ArrayEntry array : file.arrays()) {
                boolean perExample = array.key().equals(features)
                        || (source.labelsFile() == null && array.key().equals(source.label()))
                        || array.key().equals(source.id())
                        || array.key().equals(source.weight())
                        || array.key().equals(sourceKey);
                boolean isLabel = source.labelsFile() == null && array.key().equals(source.label());
                write(out, featuresKey(array.key()), isLabel ? relabelled(array) : array, perExample);
            }
            for (String key : file.unreadable().keySet().stream().sorted().toList()) {
                begin(out, key);
                file.copyUnreadable(key, out);
                out.closeEntry();
            }
            if (source.labelsFile() != null) {
                writeLabels(out, source.labelsFile(), file.arrays());
            }
        }
    }

    private void writeLabels(ZipOutputStream out, Path labelsFile, List<ArrayEntry> others) throws IOException {
        try (ArrayFile labels = ArrayFile.open(InputFile.at(labelsFile))) {
            ArrayEntry array = labels.arrays().stream()
                    .filter(entry -> entry.key().equals(source.label()))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException(labelsFile + " has no array " + source.label()));
            write(out, labelsKey(array.key(), others), relabelled(array), true);
        }
    }

    /** What the array of the features is called in the archive. */
    public static String featuresKey(String key) {
        return key.isEmpty() ? "X" : key;
    }

    /** What the array of the labels is called in the archive, beside the others. */
    public static String labelsKey(String key, List<ArrayEntry> others) {
        String name = key.isEmpty() ? "y" : key;
        boolean taken =
                others.stream().anyMatch(other -> featuresKey(other.key()).equals(name));
        return taken ? name + "_labels" : name;
    }

    private ArrayEntry relabelled(ArrayEntry array) {
        return labels.isEmpty() ? array : RelabelledArray.of(array, labels);
    }

    private static void begin(ZipOutputStream out, String key) throws IOException {
        ZipEntry entry = new ZipEntry(key + ".npy");
        entry.setTimeLocal(STAMP);
        out.putNextEntry(entry);
    }

    private void write(ZipOutputStream out, String key, ArrayEntry array, boolean perExample) throws IOException {
        begin(out, key);
        ArrayHeader header = array.header();
        if (!perExample) {
            header.write(out);
            try (InputStream in = array.opener().open()) {
                in.transferTo(out);
            }
            out.closeEntry();
            return;
        }
        if (header.examples() != source.records()) {
            throw new InvalidInputException(array.name() + " was changed while it was being worked on; run again");
        }
        header.withExamples(records.length).write(out);
        int size = header.entrySize();
        byte[] entries = new byte[ENTRIES_AT_ONCE * size];
        int[] filled = {0};
        array.forEach((example, place, buffer) -> {
            if (!kept.get(example)) {
                return;
            }
            buffer.get(entries, filled[0], size);
            filled[0] += size;
            if (filled[0] == entries.length) {
                out.write(entries, 0, filled[0]);
                filled[0] = 0;
            }
        });
        out.write(entries, 0, filled[0]);
        out.closeEntry();
    }
}
