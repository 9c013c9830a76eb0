package dev.assay.app.result;

import dev.assay.data.ClassTargets;
import dev.assay.data.ColumnFeatures;
import dev.assay.data.ContentOrder;
import dev.assay.data.Dataset;
import dev.assay.data.DuplicateRows;
import dev.assay.data.TargetLeakage;
import dev.assay.data.Targets;
import dev.assay.io.read.LoadedData;
import dev.assay.purify.MinimumSampleSize;
import dev.assay.quality.Permutations;
import dev.assay.rules.Proportion;
import dev.assay.work.Seeds;
import dev.assay.work.Workers;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What the reader of any result should know about the data that it rests on.
 *
 * @param copies rows that are equal in every feature
 * @param leaks columns that tell the label next to perfectly on their own
 * @param telling how much of the label single columns leave open, the one that leaves least first; at most {@value #MOST_TELLING}, and all leaks
 * @param questions what the user should look into, one sentence each
 * @param facts what the user should know besides
 */
public record DataRemarks(
        DuplicateRows copies,
        List<String> leaks,
        List<TellingColumn> telling,
        List<String> questions,
        List<String> facts) {
    static final int MOST_TELLING = 8;

    private static final int SHOWN = 5;
    /** Rows of a class with which its accuracy is known to about 18 points either way (Wilson, 95 %). */
    public static final int MEASURABLE = 30;
    /** Parts that whatever is said of a row is judged in. */
    private static final int PARTS = 5;

    /**
     * What one column tells of the label on rows that had no part in it, see {@link TargetLeakage.Telling}.
     *
     * @param column its name
     * @param left what it leaves open, as a share of what there is to know: 0 = it tells the label, about 1 = nothing
     * @param shuffled the same where labels are shuffled
     * @param decides whether next to nothing is left
     */
    public record TellingColumn(String column, double left, double shuffled, boolean decides) {}

    /**
     * Looks at the data; the columns are judged on a sample.
     *
     * @param note a fact about the run on it, or null
     */
    public static DataRemarks of(LoadedData data, @Nullable String note, long seed, Workers workers) {
        Dataset dataset = data.dataset();
        ContentOrder order = ContentOrder.of(dataset, workers);
        List<TellingColumn> telling = telling(data, TargetLeakage.of(dataset, order, seed), seed);
        Set<String> deciding = telling.stream()
                .filter(TellingColumn::decides)
                .map(TellingColumn::column)
                .collect(Collectors.toSet());
        List<String> leaks = ColumnFeatures.of(data.encoding()).stream()
                .map(ColumnFeatures::column)
                .filter(deciding::contains)
                .toList();
        List<String> questions = new ArrayList<>();
        if (!leaks.isEmpty()) {
            questions.add(leakQuestion(leaks));
        }
        if (dataset.targets() instanceof ClassTargets classes) {
            spellings(classes)
                    .forEach(names -> questions.add("The labels " + names
                            + " differ in capitals or spaces only and are taken for different classes: if they mean"
                            + " the same, write them alike in the file."));
            questions.addAll(weightless(dataset, classes));
        }
        DuplicateRows copies = DuplicateRows.of(dataset, order);
        List<String> facts = new ArrayList<>();
        if (dataset.targets() instanceof ClassTargets classes) {
            facts.addAll(rare(dataset, classes));
        }
        // without features all rows are equal in all of them
        if (copies.repeated() > 0 && dataset.dimension() > 1) {
            boolean together = order.keepsCopiesTogether();
            facts.add(copies(copies, dataset.size())
                    + (dataset.groups() != null
                            ? ". The groups that you named decide which rows are never on both sides of a fold."
                            : together
                                    ? ". Equal rows are never on both sides where one part of the data judges another."
                                    : ". So few combinations of features are different cases, not copies."));
        }
        if (note != null) {
            facts.add(note);
        }
        return new DataRemarks(copies, leaks, telling, List.copyOf(questions), List.copyOf(facts));
    }

    /** The same with further facts, told first. */
    public DataRemarks withFacts(List<String> further) {
        List<String> all = new ArrayList<>(further);
        all.addAll(facts);
        return new DataRemarks(copies, leaks, telling, questions, List.copyOf(all));
    }

    /** The same with further things to look into. */
    public DataRemarks withQuestions(List<String> others) {
        List<String> together = new ArrayList<>(questions);
        together.addAll(others);
        return new DataRemarks(copies, leaks, telling, List.copyOf(together), facts);
    }

    /** All sentences. */
    public List<String> all() {
        List<String> all = new ArrayList<>(questions);
        all.addAll(facts);
        return all;
    }

    /** What to do next, questions about the data first. */
    public List<String> before(List<String> advice) {
        List<String> all = new ArrayList<>(questions);
        all.addAll(advice);
        return all;
    }

    private static String leakQuestion(List<String> leaks) {
        boolean one = leaks.size() == 1;
        return (one ? "Column " : "Each of the columns ") + shown(leaks)
                + " tells the label next to perfectly on its own, on rows that had no part in it. " + asked(one);
    }

    private static String asked(boolean one) {
        return "Is " + (one ? "it" : "each of them")
                + " known before the label is, or made from it? If made from it, leave " + (one ? "it" : "them")
                + " out with --drop.";
    }

    /** What to ask somebody who sees which columns tell the label next to perfectly; null where there is none. */
    public @Nullable String leakAdvice() {
        return leaks.isEmpty() ? null : asked(leaks.size() == 1);
    }

    /** What the column that tells most of the label leaves open; null where no column was asked. */
    public @Nullable String tellingSentence(Targets targets) {
        if (telling.isEmpty()) {
            return null;
        }
        TellingColumn most = telling.get(0);
        String left = most.column() + " leaves " + Numbers.percent(most.left()) + " of "
                + (targets instanceof ClassTargets
                        ? "the mistakes that always saying the most frequent label makes"
                        : "the variance of the label")
                + ", on rows that had no part in it";
        return leaks.isEmpty()
                ? "No column tells the label on its own; the one that tells most, " + left + "."
                : (leaks.size() == 1 ? "Column " : "The columns ")
                        + shown(leaks)
                        + (leaks.size() == 1 ? " tells" : " tell") + " the label next to perfectly: " + left + ".";
    }

    /** Classes of so few rows that little can be said of them; null where there is none. */
    public static @Nullable String rareClasses(LoadedData data) {
        return data.dataset().targets() instanceof ClassTargets classes
                ? rare(data.dataset(), classes).stream().findFirst().orElse(null)
                : null;
    }

    private static String copies(DuplicateRows copies, int rows) {
        return Numbers.rows(copies.repeated()) + " (" + Numbers.percent((double) copies.repeated() / rows) + ") "
                + (copies.repeated() == 1 ? "equals" : "equal") + " an earlier row in every feature; "
                + (copies.disagreeing() == 0
                        ? "equal rows have equal labels"
                        : Numbers.rows(copies.disagreeing()) + " have an equal one with another label");
    }

    private static List<TellingColumn> telling(LoadedData data, TargetLeakage sole, long seed) {
        record Told(ColumnFeatures column, TargetLeakage.Telling telling) {}
        List<Told> told = new ArrayList<>();
        for (ColumnFeatures column : ColumnFeatures.of(data.encoding())) {
            TargetLeakage.Telling one = sole.told(column.from(), column.to());
            if (one != null) {
                told.add(new Told(column, one));
            }
        }
        told.sort(Comparator.comparing((Told one) -> !one.telling.decides())
                .thenComparingDouble(one -> one.telling.left()));
        TargetLeakage control = sole.shuffled(Permutations.of(sole.rows(), Seeds.child(seed, "shuffled labels")));
        List<TellingColumn> result = new ArrayList<>();
        for (Told one : told) {
            TargetLeakage.Telling other = result.size() < MOST_TELLING || one.telling.decides()
                    ? control.told(one.column.from(), one.column.to())
                    : null;
            if (other != null) {
                result.add(new TellingColumn(
                        one.column.column(), one.telling.left(), other.left(), one.telling.decides()));
            }
        }
        return result;
    }

    /** Labels that are the same but for capitals and spaces, as a list in words. */
    private static List<String> spellings(ClassTargets classes) {
        Map<String, List<String>> alike = new TreeMap<>();
        for (String name : classes.names()) {
            alike.computeIfAbsent(
                            name.strip().replaceAll("\\s+", " ").toLowerCase(Locale.ROOT), key -> new ArrayList<>())
                    .add("\"" + name + "\"");
        }
        return alike.values().stream()
                .filter(names -> names.size() > 1)
                .limit(SHOWN)
                .map(Numbers::list)
                .toList();
    }

    /** Classes of which no row counts. */
    private static List<String> weightless(Dataset data, ClassTargets classes) {
        double[] sums = new double[classes.classes()];
        for (int i = 0; i < data.size(); i++) {
            sums[classes.codes()[i]] += data.weights()[i];
        }
        List<String> names = IntStream.range(0, sums.length)
                .filter(code -> sums[code] == 0)
                .mapToObj(code -> "\"" + classes.names().get(code) + "\"")
                .toList();
        if (names.isEmpty()) {
            return List.of();
        }
        return List.of("All rows of " + (names.size() == 1 ? "class " : "the classes ") + shown(names)
                + " have weight 0, so that nothing is learnt of " + (names.size() == 1 ? "it" : "them")
                + ": is that meant? If not, give some of them a weight above 0.");
    }

    /** Classes of so few rows that little can be said of them, the rarest first; where all rows are few, that is said elsewhere. */
    private static List<String> rare(Dataset data, ClassTargets classes) {
        int[] counts = new int[classes.classes()];
        for (int i = 0; i < data.size(); i++) {
            counts[classes.codes()[i]] += data.weights()[i] > 0 ? 1 : 0;
        }
        int[] rare = IntStream.range(0, counts.length)
                .filter(code -> counts[code] > 0 && counts[code] < MEASURABLE)
                .boxed()
                .sorted(Comparator.comparingInt(code -> counts[code]))
                .mapToInt(Integer::intValue)
                .toArray();
        if (rare.length == 0 || data.size() < MinimumSampleSize.ROWS) {
            return List.of();
        }
        List<String> names = IntStream.of(rare)
                .mapToObj(code -> "\"" + classes.names().get(code) + "\" (" + Numbers.rows(counts[code]) + ", "
                        + Numbers.percent((double) counts[code] / data.size()) + ")")
                .toList();
        Proportion accuracy = Proportion.of(0.5, counts[rare[0]]);
        return List.of((rare.length == 1 ? "Class " : "The classes ") + shown(names)
                + (rare.length == 1 ? " is" : " are") + " rare: how often "
                + (rare.length == 1 ? "it" : "the rarest") + " is predicted right cannot be told to better than about "
                + Math.round(100 * (accuracy.high() - accuracy.low()) / 2) + " points either way"
                + (counts[rare[0]] < PARTS
                        ? ", and some of the " + PARTS + " parts of the data that judge one another have no row of "
                                + (rare.length == 1 ? "it" : "that one") + "."
                        : "."));
    }

    private static String shown(List<String> names) {
        return Numbers.list(names.subList(0, Math.min(SHOWN, names.size())))
                + (names.size() > SHOWN ? " and " + (names.size() - SHOWN) + " more" : "");
    }
}
