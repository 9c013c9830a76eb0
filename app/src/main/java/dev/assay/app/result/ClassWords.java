package dev.assay.app.result;

import dev.assay.data.ClassTargets;
import dev.assay.data.Targets;
import dev.assay.quality.ClassRecall;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How the classes are shared out, and which of them can be told, in words. */
public final class ClassWords {
    private static final int NAMED = 5;

    private ClassWords() {}

    /**
     * The shares of the classes, and what always saying the largest is worth.
     *
     * @param who predicted them, as a sentence begins
     */
    public static String sentence(ClassTargets targets, ClassRecall found, String who) {
        Comparator<ClassRecall.OfClass> byRows = Comparator.comparingInt(ClassRecall.OfClass::rows);
        ClassRecall.OfClass largest = found.classes().stream().max(byRows).orElseThrow();
        ClassRecall.OfClass smallest = found.classes().stream().min(byRows).orElseThrow();
        String shares = found.classes().size() + " classes, the largest " + name(targets, largest) + " with "
                + Numbers.percent(largest.share()) + " of the rows, the smallest " + name(targets, smallest) + " with "
                + Numbers.percent(smallest.share()) + " (" + Numbers.rows(smallest.rows()) + ").";
        return Double.isNaN(found.accuracy())
                ? shares
                : shares + " " + who + " name the class of "
                        + Numbers.percent(found.accuracy()) + " of them; always saying the largest would be right in "
                        + Numbers.percent(found.largestShare()) + ".";
    }

    /** Classes that are not predicted more often where they are than elsewhere; null where there is none. */
    public static @Nullable String untold(ClassTargets targets, ClassRecall found) {
        List<String> untold = found.classes().stream()
                .filter(one ->
                        one.recall() != null && one.rows() > 0 && !(one.recall().low() > one.chance()))
                .sorted(Comparator.comparingInt((ClassRecall.OfClass one) -> -one.rows()))
                .map(one -> name(targets, one))
                .toList();
        if (untold.isEmpty()) {
            return null;
        }
        boolean one = untold.size() == 1;
        return (one ? "Class " : "The classes ")
                + Numbers.list(untold.subList(0, Math.min(NAMED, untold.size())))
                + (untold.size() > NAMED ? " and " + (untold.size() - NAMED) + " more" : "")
                + (one ? " is" : " are") + " not told from the others by more than chance: collect rows of "
                + (one ? "it" : "them") + ", or features that tell " + (one ? "it" : "them") + " apart.";
    }

    private static String name(ClassTargets targets, ClassRecall.OfClass one) {
        return "\"" + targets.names().get(one.code()) + "\"";
    }

    /** The entry of run.json; null for numbers. */
    static @Nullable List<Map<String, @Nullable Object>> facts(Targets targets, @Nullable ClassRecall found) {
        if (found == null || !(targets instanceof ClassTargets classes)) {
            return null;
        }
        return found.classes().stream()
                .map(one -> RunRecord.entry(
                        "class", classes.names().get(one.code()),
                        "rows", one.rows(),
                        "share", one.share(),
                        "recall", one.recall(),
                        "chance", one.chance()))
                .toList();
    }
}
