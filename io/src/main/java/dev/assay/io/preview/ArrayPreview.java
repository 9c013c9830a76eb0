package dev.assay.io.preview;

import dev.assay.io.array.ArrayEntry;
import dev.assay.io.array.ArrayFile;
import dev.assay.io.array.Pictures;
import dev.assay.io.file.InputFile;
import dev.assay.io.file.SourceContent;
import dev.assay.io.read.DataSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Looks at the first examples of arrays and images. */
final class ArrayPreview {
    private static final int SHOWN_ENTRIES = 6;

    private static final List<String> LABEL_NAMES =
            List.of("y_train", "train_labels", "y", "labels", "label", "targets", "target", "y_test");

    private final InputFile file;

    ArrayPreview(InputFile file) {
        this.file = file;
    }

    Preview preview() {
        try (ArrayFile arrays = ArrayFile.open(file)) {
            List<ArrayEntry> all = arrays.arrays();
            ArrayEntry features = all.stream()
                    .max(Comparator.comparingInt(
                                    (ArrayEntry array) -> array.header().shape().size())
                            .thenComparingLong(array -> array.header().dataSize()))
                    .orElseThrow();
            int records = features.header().examples();
            List<PreviewColumn> columns = all.stream().map(ArrayPreview::column).toList();
            List<List<@Nullable String>> rows = new ArrayList<>();
            for (int row = 0; row < Math.min(Preview.ROWS, records); row++) {
                rows.add(new ArrayList<>());
            }
            for (ArrayEntry array : all) {
                cells(array, rows);
            }
            List<String> labels = all.stream()
                    .filter(array -> !array.key().equals(features.key())
                            && array.header().examples() == records
                            && array.header().shape().size() >= 1
                            && array.header().entriesPerExample() == 1)
                    .map(ArrayEntry::key)
                    .sorted(Comparator.comparingInt(ArrayPreview::rank))
                    .toList();
            return new Preview(file.format(), records, columns, rows, labels, labels.isEmpty(), pictures(features));
        }
    }

    private @Nullable Pictures pictures(ArrayEntry features) {
        int records = features.header().examples();
        int[] first = new int[Math.min(Preview.ROWS, records)];
        Arrays.setAll(first, row -> row);
        DataSource source = new DataSource(
                file.path(),
                file.format(),
                file.gzipped(),
                null,
                records,
                List.of(features.key()),
                "",
                null,
                null,
                null,
                SourceContent.UNKNOWN);
        return features.header().type().isText() ? null : Pictures.of(source, first);
    }

    private static int rank(String key) {
        int rank = LABEL_NAMES.indexOf(key.toLowerCase(Locale.ROOT));
        return rank < 0 ? LABEL_NAMES.size() : rank;
    }

    private static PreviewColumn column(ArrayEntry array) {
        boolean single = array.header().shape().size() == 1;
        boolean text = array.header().type().isText();
        PreviewColumn.Kind kind =
                !single ? PreviewColumn.Kind.ARRAY : text ? PreviewColumn.Kind.CATEGORY : PreviewColumn.Kind.NUMBER;
        String entries = text ? "texts" : "numbers";
        return new PreviewColumn(
                array.key(),
                kind,
                array.header().shapeText() + " " + entries + " ("
                        + array.header().descriptor() + ")",
                0);
    }

    /** The first entries of each of the first examples. */
    private static void cells(ArrayEntry array, List<List<@Nullable String>> rows) {
        int count = Math.min(rows.size(), array.header().examples());
        List<StringBuilder> texts = new ArrayList<>();
        rows.forEach(row -> texts.add(new StringBuilder()));
        long entries = array.header().entriesPerExample();
        array.forEachOfFirst(count, (example, entry, bytes) -> {
            if (entry < SHOWN_ENTRIES) {
                texts.get(example)
                        .append(entry == 0 ? "" : ", ")
                        .append(array.header().type().text(bytes, array.header().characters()));
            }
        });
        for (int row = 0; row < rows.size(); row++) {
            String text = texts.get(row) + (entries > SHOWN_ENTRIES ? ", ..." : "");
            rows.get(row).add(row < count ? text : null);
        }
    }
}
