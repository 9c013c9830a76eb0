package dev.assay.bench;

import dev.assay.data.InvalidInputException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;

/**
 * The scores of all cases and methods, and how they are written down: means over the data sets with standard errors. What was
 * written can be read again, so that a long run goes on where it ended.
 */
final class AccuracyTable {
    private static final String HEADER = "case,method,repeat,accuracy,logLoss,adjustedRand,precision,recall,blocks,"
            + "rightVerdict,rightBlocks,seconds,commit";

    private final List<AccuracyCase> cases;
    private final List<String> methods;
    private final Map<Key, Entry> entries = new TreeMap<>();

    /** What was measured. */
    private record Key(String name, String method, int repeat) implements Comparable<Key> {
        @Override
        public int compareTo(Key other) {
            return Comparator.comparing(Key::name)
                    .thenComparing(Key::method)
                    .thenComparingInt(Key::repeat)
                    .compare(this, other);
        }
    }

    /** What came out, and of which commit. */
    private record Entry(AccuracyScore score, String commit) {}

    /**
     * An empty table.
     *
     * @param cases in the order of the rows
     * @param methods in the order of the columns
     */
    AccuracyTable(List<AccuracyCase> cases, List<String> methods) {
        this.cases = List.copyOf(cases);
        this.methods = List.copyOf(methods);
    }

    void add(AccuracyCase one, String method, int repeat, AccuracyScore score, String commit) {
        entries.put(new Key(one.name(), method, repeat), new Entry(score, commit));
    }

    boolean has(AccuracyCase one, String method, int repeat) {
        return entries.containsKey(new Key(one.name(), method, repeat));
    }

    /** The commits that were measured. */
    Set<String> commits() {
        return new TreeSet<>(entries.values().stream().map(Entry::commit).toList());
    }

    /**
     * Takes what was written by {@link #csv()}.
     *
     * @throws InvalidInputException if it was not
     */
    void read(List<String> lines) {
        if (lines.isEmpty() || !lines.get(0).equals(HEADER)) {
            throw new InvalidInputException("the accuracy.csv to go on with has other columns: name another --out");
        }
        for (String line : lines.subList(1, lines.size())) {
            String[] fields = line.split(",", -1);
            double[] values = new double[AccuracyScore.LENGTH];
            for (int k = 0; k < values.length; k++) {
                values[k] = fields[3 + k].isEmpty() ? Double.NaN : Double.parseDouble(fields[3 + k]);
            }
            entries.put(
                    new Key(fields[0], fields[1], Integer.parseInt(fields[2])),
                    new Entry(AccuracyScore.of(values), fields[3 + values.length]));
        }
    }

    /** One line per data set and method; an empty field where there is nothing to say. */
    String csv() {
        StringBuilder text = new StringBuilder(HEADER).append('\n');
        entries.forEach((key, entry) -> {
            text.append(key.name()).append(',').append(key.method()).append(',').append(key.repeat());
            for (double value : entry.score().values()) {
                text.append(',').append(Double.isNaN(value) ? "" : String.format(Locale.ROOT, "%.6g", value));
            }
            text.append(',').append(entry.commit()).append('\n');
        });
        return text.toString();
    }

    /**
     * As Markdown: accuracies at a glance, then everything, then the verdicts.
     *
     * @param stamp commit, machine and settings, one line
     */
    String markdown(String stamp) {
        StringBuilder text = new StringBuilder(stamp).append("\n\n");
        List<String> compared = methods.stream().filter(this::isMeasured).toList();
        List<AccuracyCase> judged = cases.stream()
                .filter(one -> one.judged() != AccuracyCase.Judged.VERDICT && isMeasured(one))
                .toList();
        if (!judged.isEmpty()) {
            List<String> head = new ArrayList<>(List.of("test accuracy"));
            head.addAll(compared);
            MarkdownTable glance = new MarkdownTable(head);
            for (AccuracyCase one : judged) {
                List<String> cells = new ArrayList<>(List.of(one.what()));
                for (String method : compared) {
                    cells.add(cell(one, method, AccuracyScore::accuracy, 4));
                }
                glance.add(cells);
            }
            text.append(glance).append('\n');
            MarkdownTable details = new MarkdownTable(
                    "case",
                    "method",
                    "accuracy",
                    "log-loss",
                    "adjusted Rand index",
                    "precision",
                    "recall",
                    "blocks",
                    "verdict right",
                    "seconds");
            for (AccuracyCase one : judged) {
                for (String method : methods) {
                    if (!list(one, method).isEmpty()) {
                        details.add(details(one, method));
                    }
                }
            }
            text.append(details).append('\n');
        }
        verdicts(text);
        return text.toString();
    }

    private List<String> details(AccuracyCase one, String method) {
        return List.of(
                one.name(),
                method,
                cell(one, method, AccuracyScore::accuracy, 4),
                cell(one, method, AccuracyScore::logLoss, 3),
                cell(one, method, AccuracyScore::adjustedRand, 3),
                cell(one, method, AccuracyScore::precision, 3),
                cell(one, method, AccuracyScore::recall, 3),
                mean(one, method, AccuracyScore::blocks, 1),
                count(one, method, AccuracyScore::rightVerdict),
                mean(one, method, AccuracyScore::seconds, 1));
    }

    private void verdicts(StringBuilder text) {
        List<AccuracyCase> cases = this.cases.stream()
                .filter(one -> one.judged() == AccuracyCase.Judged.VERDICT && isMeasured(one))
                .toList();
        if (cases.isEmpty()) {
            return;
        }
        MarkdownTable table = new MarkdownTable(
                "verdict",
                "verdict right",
                "number of blocks right too",
                "accuracy",
                "adjusted Rand index",
                "recall of wrong labels",
                "seconds");
        for (AccuracyCase one : cases) {
            for (String method : methods) {
                if (list(one, method).isEmpty()) {
                    continue;
                }
                table.add(List.of(
                        one.what(),
                        count(one, method, AccuracyScore::rightVerdict),
                        count(one, method, AccuracyScore::rightBlocks),
                        cell(one, method, AccuracyScore::accuracy, 3),
                        cell(one, method, AccuracyScore::adjustedRand, 3),
                        cell(one, method, AccuracyScore::recall, 3),
                        mean(one, method, AccuracyScore::seconds, 1)));
            }
        }
        text.append(table);
    }

    private List<AccuracyScore> list(AccuracyCase one, String method) {
        return entries.entrySet().stream()
                .filter(entry -> entry.getKey().name().equals(one.name())
                        && entry.getKey().method().equals(method))
                .map(entry -> entry.getValue().score())
                .toList();
    }

    private boolean isMeasured(AccuracyCase one) {
        return entries.keySet().stream().anyMatch(key -> key.name().equals(one.name()));
    }

    private boolean isMeasured(String method) {
        return entries.keySet().stream().anyMatch(key -> key.method().equals(method));
    }

    private double[] values(AccuracyCase one, String method, ToDoubleFunction<AccuracyScore> measure) {
        return list(one, method).stream().mapToDouble(measure).toArray();
    }

    private String cell(AccuracyCase one, String method, ToDoubleFunction<AccuracyScore> measure, int digits) {
        return MarkdownTable.spread(values(one, method, measure), digits);
    }

    private String mean(AccuracyCase one, String method, ToDoubleFunction<AccuracyScore> measure, int digits) {
        return MarkdownTable.mean(values(one, method, measure), digits);
    }

    private String count(AccuracyCase one, String method, ToDoubleFunction<AccuracyScore> measure) {
        double[] values = values(one, method, measure);
        int right = 0;
        int known = 0;
        for (double value : values) {
            right += value == 1 ? 1 : 0;
            known += Double.isNaN(value) ? 0 : 1;
        }
        return known == 0 ? "" : right + " of " + known;
    }
}
