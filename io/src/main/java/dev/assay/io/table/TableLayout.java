package dev.assay.io.table;

import dev.assay.data.InvalidInputException;
import dev.assay.data.Remedy;
import dev.assay.io.cell.Numerals;
import dev.assay.io.file.FileFormat;
import dev.assay.io.file.InputFile;
import dev.assay.io.read.DataSource;
import dev.assay.io.read.ReadSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The columns of a table file, and how DuckDB is to read them.
 *
 * @param columns the columns in the order of the file
 * @param unnamed the positions of columns for which a header has no name
 * @param records the number of records, the header not counted
 * @param relation what to select from, with {@link #TYPES} where the types of the columns go
 * @param text how a text table is written, or null
 */
public record TableLayout(
        List<TableColumn> columns,
        Set<Integer> unnamed,
        int records,
        String relation,
        DataSource.@Nullable TextLayout text) {

    private static final String TYPES = "/*types*/";
    private static final List<Character> DELIMITERS = List.of(',', ';', '\t', '|');
    private static final int RECORDS_TO_GUESS_FROM = 50;
    private static final int SAMPLE = 20_480;
    /** DuckDB fails, or takes very long, with many more. */
    private static final int MOST_COLUMNS = 20_000;
    // DuckDB reserves a multiple of these, so they are raised only where a record needs it
    private static final int DEFAULT_LINE = 2_000_000;
    private static final int DEFAULT_OBJECT = 16_777_216;

    /** Copies the list. */
    public TableLayout {
        columns = List.copyOf(columns);
        unnamed = Set.copyOf(unnamed);
    }

    /** The exact names in the order of the file. */
    public List<String> names() {
        return columns.stream().map(TableColumn::name).toList();
    }

    /**
     * What to select from so that the given columns come as exact text.
     *
     * @param asText for each column, whether it comes as text
     */
    public String relation(boolean[] asText) {
        if (!relation.contains(TYPES)) {
            return relation;
        }
        List<String> types = new ArrayList<>();
        for (int column = 0; column < columns.size(); column++) {
            TableColumn type = columns.get(column);
            types.add(DuckDatabase.quoted(type.key()) + ":"
                    + DuckDatabase.quoted(asText[column] ? type.textType() : type.type()));
        }
        return relation.replace(TYPES, "{" + String.join(",", types) + "}");
    }

    /** Looks at the whole file. */
    public static TableLayout of(InputFile file, ReadSettings.Header header, DuckDatabase database) {
        try {
            return switch (file.format()) {
                case CSV, TSV -> ofText(file, header, database, SAMPLE);
                case JSON, JSON_LINES -> ofJson(file, database);
                case PARQUET -> ofParquet(file, database);
                case NPY, NPZ, IDX -> throw new IllegalArgumentException(file + " is no table");
            };
        } catch (IOException problem) {
            throw file.unreadable(problem);
        } catch (SQLException problem) {
            throw DuckDatabase.unreadable(file.path(), problem);
        }
    }

    /** The same for a text table whose types are to be judged by all of its rows, not by a sample. */
    public static TableLayout ofWholeText(InputFile file, ReadSettings.Header header, DuckDatabase database) {
        try {
            return ofText(file, header, database, -1);
        } catch (IOException problem) {
            throw file.unreadable(problem);
        } catch (SQLException problem) {
            throw DuckDatabase.unreadable(file.path(), problem);
        }
    }

    private static TableLayout ofText(InputFile file, ReadSettings.Header header, DuckDatabase database, int sample)
            throws IOException, SQLException {
        char delimiter = file.format() == FileFormat.TSV ? '\t' : delimiter(file);
        TextScan scan = scan(file, delimiter, header);
        Path path = database.literal(file);
        String dialect = "delim=" + DuckDatabase.quoted(String.valueOf(delimiter))
                + ",quote='\"',escape='\"',comment='',skip=0,nullstr='',null_padding=false,ignore_errors=false"
                + ",hive_partitioning=false,max_line_size=" + Math.max(DEFAULT_LINE, scan.longest() + 2) + ",header="
                + scan.header() + ",strict_mode="
                + !scan.mixedEnds() + ",compression=" + (file.gzipped() ? "'gzip'" : "'none'");
        List<String> keys = new ArrayList<>();
        for (int column = 0; column < scan.names().size(); column++) {
            keys.add("c" + column);
        }
        if (scan.records() == 0) {
            throw new InvalidInputException(
                    file.path() + " has no rows" + (scan.header() ? ", only a line of column names" : ""));
        }
        List<List<String>> types = database.texts("SELECT unnest(Columns, recursive:=true)"
                + " FROM sniff_csv(" + DuckDatabase.quoted(path.toString()) + "," + dialect + ",sample_size=" + sample
                + ",names=[" + keys.stream().map(DuckDatabase::quoted).collect(Collectors.joining(",")) + "])");
        if (types.size() != keys.size()) {
            throw new InvalidInputException(file.path() + " cannot be understood: " + keys.size()
                    + " columns by its first line, " + types.size() + " by its rows");
        }
        List<TableColumn> columns = new ArrayList<>();
        for (int column = 0; column < keys.size(); column++) {
            columns.add(new TableColumn(
                    scan.names().get(column),
                    keys.get(column),
                    untimed(types.get(column).get(1)),
                    "VARCHAR"));
        }
        String relation = "read_csv(" + DuckDatabase.quoted(path.toString()) + ",auto_detect=false," + dialect
                + ",columns=" + TYPES + ")";
        return new TableLayout(
                columns, scan.unnamed(), scan.records(), relation, new DataSource.TextLayout(delimiter, scan.header()));
    }

    /** Dates that are written as texts may be so in several ways: what they mean is not for DuckDB to guess. */
    private static String untimed(String type) {
        return type.startsWith("TIME") || type.equals("DATE") ? "VARCHAR" : type;
    }

    private static TableLayout ofJson(InputFile file, DuckDatabase database) throws IOException, SQLException {
        int records = 0;
        int longest = DEFAULT_OBJECT;
        try (JsonRecords splitter = new JsonRecords(file)) {
            while (splitter.next()) {
                longest = Math.max(longest, splitter.length() + 2);
                records++;
            }
        }
        if (records == 0) {
            throw new InvalidInputException(file.path() + " has no rows");
        }
        Path path = database.literal(file);
        String options = jsonOptions(path, file, longest);
        List<List<String>> described = described(options, database);
        Map<String, String> names = Map.of();
        if (JsonKeys.mayCollide(described.stream().map(row -> row.get(0)).toList())) {
            names = JsonKeys.of(file);
        }
        Map<String, String> keys = new HashMap<>();
        if (JsonKeys.collide(names.keySet())) {
            Path copy = database.scratch("renamed.jsonl");
            JsonKeys.rename(file, names, copy);
            names.forEach((name, key) -> keys.put(key, name));
            options = jsonOptions(copy, new InputFile(copy, FileFormat.JSON_LINES, false), 2 * longest);
            described = described(options, database);
        }
        List<TableColumn> columns = described.stream()
                .map(row -> new TableColumn(
                        keys.getOrDefault(row.get(0), row.get(0)), row.get(0), untimed(row.get(1)), "JSON"))
                .toList();
        return new TableLayout(columns, Set.of(), records, options + ",columns=" + TYPES + ")", null);
    }

    private static String jsonOptions(Path path, InputFile file, int longest) {
        return "read_json(" + DuckDatabase.quoted(path.toString()) + ",format="
                + (file.format() == FileFormat.JSON ? "'array'" : "'unstructured'")
                + ",records='true',ignore_errors=false,hive_partitioning=false,maximum_object_size=" + longest
                + ",compression="
                + (file.gzipped() ? "'gzip'" : "'none'");
    }

    private static List<List<String>> described(String options, DuckDatabase database) throws SQLException {
        return database.texts("DESCRIBE SELECT * FROM " + options
                + ",sample_size=-1,map_inference_threshold=-1,field_appearance_threshold=0)");
    }

    private static TableLayout ofParquet(InputFile file, DuckDatabase database) throws IOException, SQLException {
        String relation = "read_parquet("
                + DuckDatabase.quoted(database.literal(file).toString()) + ",hive_partitioning=false,filename=false)";
        List<List<String>> described = database.texts("DESCRIBE SELECT * FROM " + relation);
        // names that differ in case only get others
        List<String> names = database.parquetNames(file);
        List<TableColumn> columns = new ArrayList<>();
        for (int place = 0; place < described.size(); place++) {
            String key = described.get(place).get(0);
            String type = described.get(place).get(1);
            columns.add(new TableColumn(names.size() == described.size() ? names.get(place) : key, key, type, type));
        }
        long records = Long.parseLong(
                database.texts("SELECT count(*) FROM " + relation).get(0).get(0));
        if (records == 0) {
            throw new InvalidInputException(file.path() + " has no rows");
        }
        if (records > Integer.MAX_VALUE - 8) {
            throw new InvalidInputException(file.path() + " has " + records + " rows, at most 2147483639 can be read");
        }
        return new TableLayout(columns, Set.of(), (int) records, relation, null);
    }

    /** What a walk through a whole text file tells. */
    private record TextScan(
            List<String> names, Set<Integer> unnamed, boolean header, int records, int longest, boolean mixedEnds) {}

    private static TextScan scan(InputFile file, char delimiter, ReadSettings.Header wanted) throws IOException {
        try (DelimitedRecords splitter = new DelimitedRecords(file, delimiter)) {
            if (!splitter.next()) {
                throw new InvalidInputException(file.path() + " has no rows");
            }
            if (splitter.fieldCount() > MOST_COLUMNS) {
                throw new InvalidInputException(
                        file.path() + " has " + splitter.fieldCount() + " columns, a table may have " + MOST_COLUMNS,
                        List.of(
                                Remedy.of("take fewer"),
                                Remedy.of("give so many numbers as an array, features and labels in one .npz file")));
            }
            List<String> first = splitter.texts();
            boolean header = wanted == ReadSettings.Header.PRESENT
                    || (wanted == ReadSettings.Header.AUTO && (!allNumbers(first) || isCount(first)));
            int records = header ? 0 : 1;
            int longest = splitter.length();
            while (splitter.next()) {
                longest = Math.max(longest, splitter.length());
                if (splitter.fieldCount() != first.size()) {
                    throw uneven(file, delimiter, splitter, first);
                }
                records++;
            }
            Set<Integer> unnamed = IntStream.range(0, header ? first.size() : 0)
                    .filter(column -> first.get(column).isEmpty())
                    .boxed()
                    .collect(Collectors.toSet());
            return new TextScan(names(file, first, header), unnamed, header, records, longest, splitter.hasMixedEnds());
        }
    }

    private static InvalidInputException uneven(
            InputFile file, char delimiter, DelimitedRecords splitter, List<String> first) {
        String counted = file.path() + ", line " + splitter.line() + ": " + splitter.fieldCount()
                + (splitter.fieldCount() == 1 ? " field" : " fields") + " between '" + DelimitedRecords.shown(delimiter)
                + "', expected " + first.size() + " as in the first line";
        boolean comment =
                first.get(0).startsWith("#") || splitter.texts().get(0).startsWith("#");
        return new InvalidInputException(
                counted,
                comment
                        ? List.of(Remedy.of("lines that begin with # are read like all others: take comments out"))
                        : List.of(
                                Remedy.of("the file is truncated"),
                                Remedy.of("a field with '" + DelimitedRecords.shown(delimiter)
                                        + "' or a line break in it lacks its quotes")));
    }

    private static List<String> names(InputFile file, List<String> first, boolean header) {
        List<String> names = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (int column = 0; column < first.size(); column++) {
            String name = header ? first.get(column) : "";
            String unique = name.isEmpty() ? Integer.toString(column + 1) : name;
            if (!seen.add(unique)) {
                throw new InvalidInputException(
                        file.path() + " has two columns named '" + unique + "'",
                        HeaderHint.isNumber(unique)
                                ? List.of(HeaderHint.noHeader(), Remedy.of("rename one of them"))
                                : List.of(Remedy.of("rename one of them")));
            }
            names.add(unique);
        }
        return names;
    }

    /** 0, 1, 2, ... or 1, 2, 3, ...: columns that were never given names, written by a program that writes a header. */
    private static boolean isCount(List<String> fields) {
        for (int start = 0; start <= 1; start++) {
            int first = start;
            boolean counts = IntStream.range(0, fields.size())
                    .allMatch(column -> fields.get(column).equals(Integer.toString(first + column)));
            if (counts && fields.size() > 2) {
                return true;
            }
        }
        return false;
    }

    private static boolean allNumbers(List<String> fields) {
        boolean any = false;
        for (String field : fields) {
            if (field.isBlank()) {
                continue;
            }
            if (Numerals.parse(field).isEmpty()) {
                return false;
            }
            any = true;
        }
        return any;
    }

    /** The delimiter that cuts the first records into equally many fields, as many as possible. */
    private static char delimiter(InputFile file) throws IOException {
        char best = ',';
        int bestFields = 1;
        boolean bestEven = false;
        for (char candidate : DELIMITERS) {
            int fields = 0;
            boolean even = true;
            try (DelimitedRecords splitter = new DelimitedRecords(file, candidate)) {
                for (int record = 0; record < RECORDS_TO_GUESS_FROM && splitter.next(); record++) {
                    fields = record == 0 ? splitter.fieldCount() : fields;
                    even &= splitter.fieldCount() == fields;
                }
            } catch (InvalidInputException wrongQuotes) {
                even = false;
            }
            boolean better = even == bestEven ? fields > bestFields : even && fields > 1;
            if (better) {
                best = candidate;
                bestFields = fields;
                bestEven = even;
            }
        }
        return best;
    }
}
