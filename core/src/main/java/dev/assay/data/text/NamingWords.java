package dev.assay.data.text;

import dev.assay.linalg.Matrix;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Words that say what a direction of texts is about: frequent ones that reach far along it. */
final class NamingWords {
    private static final int SHOWN = 2;
    private static final int CANDIDATES = 1000;
    private static final int LONGEST = 24;

    private NamingWords() {}

    /** For each column of the directions, the words that times the logarithm of the number of their texts lie farthest along it. */
    static List<String> of(List<String> texts, double[] frequencies, Matrix directions) {
        Map<String, Integer> counts = new HashMap<>();
        texts.forEach(text -> HashedText.words(text).keySet().forEach(word -> counts.merge(word, 1, Integer::sum)));
        List<Map.Entry<String, Integer>> frequent = counts.entrySet().stream()
                .filter(entry -> entry.getKey().length() <= LONGEST
                        && Character.isLetterOrDigit(entry.getKey().codePointAt(0)))
                .sorted(Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .limit(CANDIDATES)
                .toList();
        Matrix reach = new Matrix(frequent.size(), directions.columns());
        for (int w = 0; w < frequent.size(); w++) {
            HashedText.of(frequent.get(w).getKey(), frequencies.length)
                    .weighed(frequencies)
                    .addProduct(directions, Math.log1p(frequent.get(w).getValue()), reach.values(), reach.offset(w));
        }
        List<String> result = new ArrayList<>();
        for (int k = 0; k < directions.columns(); k++) {
            int direction = k;
            List<String> farthest = IntStream.range(0, frequent.size())
                    .boxed()
                    .sorted(Comparator.comparingDouble((Integer w) -> -reach.get(w, direction)))
                    .limit(SHOWN)
                    .map(w -> frequent.get(w).getKey())
                    .toList();
            result.add(String.join(", ", farthest));
        }
        return result;
    }
}
