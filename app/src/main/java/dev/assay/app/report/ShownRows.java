package dev.assay.app.report;

import dev.assay.data.ColumnEncoding;
import dev.assay.data.Dataset;
import dev.assay.data.FittedArrayEncoder;
import dev.assay.data.FittedEncoder;
import dev.assay.io.array.Pictures;
import dev.assay.io.read.LoadedData;
import dev.assay.io.table.RecordLines;
import dev.assay.io.table.RowTexts;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The rows that a report shows, as they stand in the user's file: texts of columns, or pictures. */
final class ShownRows {
    private static final int MOST_COLUMNS = 40;
    private static final int LONGEST_TEXT = 80;
    private static final int MOST_PICTURE_BYTES = 600_000;
    private static final int SHOWN_REASONS = 5;
    /** What adds less than this to the log-odds is no reason. */
    private static final double SMALLEST_REASON = 0.01;

    private final LoadedData data;
    private final List<String> columns;
    /** Columns of which single values are told besides. */
    private final List<String> further;

    private final Map<Integer, List<String>> texts = new HashMap<>();
    private final Map<Integer, List<String>> furtherTexts = new HashMap<>();
    private final Map<Integer, Long> lineOf = new HashMap<>();
    private final List<List<String>> surveyed = new ArrayList<>();
    private final Map<Integer, Integer> pictureOf = new HashMap<>();
    private final @Nullable Pictures pictures;
    /** The column that each feature comes from. */
    private final List<String> columnOf;

    /**
     * Reads what is to be shown.
     *
     * @param examples whose values are wanted, the most important first
     * @param sketched examples of which a picture is enough, and not even that where there are too many
     * @param survey examples that are counted, in a table
     * @param told columns of which single values are to be told, among the others or not
     */
    ShownRows(LoadedData data, int[] examples, int[] sketched, int[] survey, List<String> told) {
        this.data = data;
        this.columnOf = columnOf(data);
        if (data.source().format().isTable()) {
            columns =
                    data.source().featureColumns().stream().limit(MOST_COLUMNS).toList();
            further = told.stream()
                    .filter(column -> data.source().featureColumns().contains(column) && !columns.contains(column))
                    .toList();
            readTable(examples, survey);
            pictures = null;
            return;
        }
        Map<Integer, Integer> wanted = new LinkedHashMap<>();
        for (int[] part : new int[][] {examples, sketched}) {
            for (int example : part) {
                wanted.putIfAbsent(example, wanted.size());
            }
        }
        pictures = readPictures(new ArrayList<>(wanted.keySet()));
        columns = pictures == null && data.dataset().dimension() - 1 <= MOST_COLUMNS
                ? data.dataset().featureNames().subList(0, data.dataset().dimension() - 1)
                : List.of();
        further = pictures != null
                ? List.of()
                : told.stream().filter(column -> !columns.contains(column)).toList();
        for (int example : examples) {
            texts.put(example, numbers(example, columns));
            furtherTexts.put(example, numbers(example, further));
        }
    }

    private void readTable(int[] examples, int[] survey) {
        int[] rows = data.dataset().rows();
        int[] wanted = IntStream.concat(IntStream.of(examples), IntStream.of(survey))
                .distinct()
                .toArray();
        int own = columns.size();
        List<List<String>> read = RowTexts.of(
                data.source(),
                Stream.concat(columns.stream(), further.stream()).toList(),
                IntStream.of(wanted).map(example -> rows[example]).toArray());
        for (int k = 0; k < examples.length; k++) {
            List<String> all = read.get(k).stream().map(ShownRows::shortened).toList();
            texts.put(examples[k], all.subList(0, own));
            furtherTexts.put(examples[k], all.subList(own, all.size()));
        }
        int[] places = new int[rows.length];
        for (int place = 0; place < wanted.length; place++) {
            places[wanted[place]] = place;
        }
        for (int example : survey) {
            surveyed.add(read.get(places[example]).subList(0, own));
        }
        long @Nullable [] lines = RecordLines.of(
                data.source(),
                Arrays.stream(examples).map(example -> rows[example]).toArray());
        for (int k = 0; lines != null && k < examples.length; k++) {
            lineOf.put(examples[k], lines[k]);
        }
    }

    private @Nullable Pictures readPictures(List<Integer> examples) {
        int[] rows = data.dataset().rows();
        Pictures one = examples.isEmpty() ? null : Pictures.of(data.source(), new int[] {rows[examples.get(0)]});
        if (one == null) {
            return null;
        }
        int size = one.width() * one.height() * one.channels();
        List<Integer> few = examples.subList(0, Math.min(examples.size(), Math.max(1, MOST_PICTURE_BYTES / size)));
        for (int place = 0; place < few.size(); place++) {
            pictureOf.put(few.get(place), place);
        }
        return Pictures.of(
                data.source(), few.stream().mapToInt(example -> rows[example]).toArray());
    }

    /** Entries of an array as they were before they became features. */
    private List<String> numbers(int example, List<String> entries) {
        FittedArrayEncoder encoder = (FittedArrayEncoder) data.encoding();
        List<String> values = new ArrayList<>();
        for (String entry : entries) {
            int k = data.dataset().featureNames().indexOf(entry);
            double value = encoder.centers().get(k)
                    + encoder.scales().get(k) * data.dataset().features().get(example, k);
            values.add(Float.toString((float) value));
        }
        return values;
    }

    static String shortened(String text) {
        return text.codePointCount(0, text.length()) <= LONGEST_TEXT
                ? text
                : text.substring(0, text.offsetByCodePoints(0, LONGEST_TEXT)) + "…";
    }

    private static List<String> columnOf(LoadedData data) {
        Dataset dataset = data.dataset();
        if (!(data.encoding() instanceof FittedEncoder encoder)) {
            return dataset.featureNames();
        }
        List<String> result = new ArrayList<>();
        for (ColumnEncoding column : encoder.columns()) {
            column.featureNames().forEach(feature -> result.add(column.column()));
        }
        result.add(FittedEncoder.BIAS);
        return result;
    }

    /** The columns whose texts are shown, none for pictures and wide arrays. */
    List<String> columns() {
        return columns;
    }

    /** In which line of the file one of the rows begins, null where there is no telling. */
    @Nullable
    Long line(int example) {
        return lineOf.get(example);
    }

    /** The texts of the rows that are to be counted, in the order of the columns; none where rows are no texts. */
    List<List<String>> surveyed() {
        return surveyed;
    }

    /** The texts of one of the rows in the order of the columns. */
    List<String> texts(int example) {
        return texts.getOrDefault(example, List.of());
    }

    /** The text of one column of a row, empty where it is missing; null where it is not among those that are told. */
    @Nullable
    String value(int example, String column) {
        int place = columns.indexOf(column);
        List<String> values = place < 0 ? furtherTexts.getOrDefault(example, List.of()) : texts(example);
        int at = place < 0 ? further.indexOf(column) : place;
        return at < 0 || at >= values.size() ? null : values.get(at);
    }

    /** The place of a row's picture, -1 where there is none. */
    int picture(int example) {
        return pictureOf.getOrDefault(example, -1);
    }

    /**
     * The columns that speak against the label of a row, the strongest first; none for pictures, whose single points say
     * little.
     *
     * @param effects of each feature, positive = against the label
     */
    List<ReportData.Against> against(int example, double[] effects) {
        if (pictures != null) {
            return List.of();
        }
        Map<String, Double> sums = new LinkedHashMap<>();
        for (int j = 0; j < effects.length; j++) {
            sums.merge(columnOf.get(j), effects[j], Double::sum);
        }
        return sums.entrySet().stream()
                .filter(entry -> entry.getValue() >= SMALLEST_REASON)
                .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
                .limit(SHOWN_REASONS)
                .map(entry -> new ReportData.Against(
                        entry.getKey(),
                        Objects.requireNonNullElse(value(example, entry.getKey()), ""),
                        entry.getValue()))
                .toList();
    }

    /** All pictures, or null where rows are none. */
    ReportData.@Nullable Images images() {
        if (pictures == null) {
            return null;
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        pictures.pixels().forEach(bytes::writeBytes);
        return new ReportData.Images(
                pictures.width(),
                pictures.height(),
                pictures.channels(),
                pictures.pixels().size(),
                Base64.getEncoder().encodeToString(bytes.toByteArray()));
    }
}
