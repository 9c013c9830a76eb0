package dev.assay.app.report;

import dev.assay.data.ClassTargets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Labels beside predicted classes. */
final class Confusions {
    private static final int MOST_CLASSES = 30;
    private static final String OTHERS = "all others";

    private Confusions() {}

    /**
     * Counts those of the classes with the most rows; all other classes together where there are many.
     *
     * @param predicted class codes, by the title of the model
     */
    static ReportData.Confusion of(ClassTargets truth, Map<String, int[]> predicted) {
        int[] rows = new int[truth.classes()];
        for (int code : truth.codes()) {
            rows[code]++;
        }
        int shown = truth.classes() <= MOST_CLASSES ? truth.classes() : MOST_CLASSES - 1;
        int[] place = new int[truth.classes()];
        Arrays.fill(place, shown);
        List<String> names = new ArrayList<>();
        int[] largest = IntStream.range(0, truth.classes())
                .boxed()
                .sorted(Comparator.comparingInt(code -> -rows[code]))
                .limit(shown)
                .mapToInt(Integer::intValue)
                .sorted()
                .toArray();
        for (int code : largest) {
            place[code] = names.size();
            names.add(truth.names().get(code));
        }
        if (shown < truth.classes()) {
            names.add(OTHERS);
        }
        List<ReportData.ConfusedModel> models = new ArrayList<>();
        predicted.forEach((title, codes) -> {
            int[][] counts = new int[names.size()][names.size()];
            for (int i = 0; i < codes.length; i++) {
                counts[place[truth.codes()[i]]][place[codes[i]]]++;
            }
            models.add(new ReportData.ConfusedModel(title, counts));
        });
        return new ReportData.Confusion(names, models);
    }
}
