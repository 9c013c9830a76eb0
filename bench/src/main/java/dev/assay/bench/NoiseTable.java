package dev.assay.bench;

import dev.assay.data.InvalidInputException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What all methods found in all cases of wrong labels, and how it is written down. What was written can be read again, so
 * that a long run goes on where it ended.
 */
final class NoiseTable {
    private static final String HEADER = "case,method,repeat,rows,wrong,verdict,wrongShare,auroc,precision,recall,f1,"
            + "removed,softmax,trees,cpuSeconds,commit";

    private final List<NoiseCase> cases;
    private final List<String> methods;
    private final Map<Key, Entry> entries = new TreeMap<>();

    /** What was measured, by its place in the table. */
    private record Key(int one, int method, int repeat) implements Comparable<Key> {
        @Override
        public int compareTo(Key other) {
            int byCase = Integer.compare(one, other.one);
            int byMethod = byCase != 0 ? byCase : Integer.compare(method, other.method);
            return byMethod != 0 ? byMethod : Integer.compare(repeat, other.repeat);
        }
    }

    /** What came out, and of which commit. */
    private record Entry(NoiseScore score, String commit) {}

    /**
     * An empty table.
     *
     * @param cases in the order of the rows
     * @param methods in the order of the columns
     */
    NoiseTable(List<NoiseCase> cases, List<String> methods) {
        this.cases = List.copyOf(cases);
        this.methods = List.copyOf(methods);
    }

    void add(NoiseCase one, String method, int repeat, NoiseScore score, String commit) {
        entries.put(key(one.name(), method, repeat), new Entry(score, commit));
    }

    boolean has(NoiseCase one, String method, int repeat) {
        return entries.containsKey(key(one.name(), method, repeat));
    }

    private Key key(String name, String method, int repeat) {
        int one = cases.stream().map(NoiseCase::name).toList().indexOf(name);
        if (one < 0 || !methods.contains(method)) {
            throw new InvalidInputException("the noise.csv to go on with has '" + method + "' on '" + name
                    + "', which is not there: name another --out");
        }
        return new Key(one, methods.indexOf(method), repeat);
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
            throw new InvalidInputException("the noise.csv to go on with has other columns: name another --out");
        }
        for (String line : lines.subList(1, lines.size())) {
            String[] fields = line.split(",", -1);
            NoiseScore score = new NoiseScore(
                    number(fields[3]),
                    number(fields[4]),
                    fields[5],
                    number(fields[6]),
                    number(fields[7]),
                    number(fields[8]),
                    number(fields[9]),
                    // F1 follows from the others
                    number(fields[11]),
                    number(fields[12]),
                    number(fields[13]),
                    number(fields[14]));
            entries.put(key(fields[0], fields[1], Integer.parseInt(fields[2])), new Entry(score, fields[15]));
        }
    }

    private static double number(String field) {
        return field.isEmpty() ? Double.NaN : Double.parseDouble(field);
    }

    /** One line per draw and method; an empty field where there is nothing to say. */
    String csv() {
        StringBuilder text = new StringBuilder(HEADER).append('\n');
        entries.forEach((key, entry) -> {
            NoiseScore score = entry.score();
            text.append(String.join(
                            ",",
                            cases.get(key.one()).name(),
                            methods.get(key.method()),
                            Integer.toString(key.repeat()),
                            FigureTable.field(score.rows()),
                            FigureTable.field(score.wrong()),
                            score.verdict(),
                            FigureTable.field(score.wrongShare()),
                            FigureTable.field(score.auroc()),
                            FigureTable.field(score.precision()),
                            FigureTable.field(score.recall()),
                            FigureTable.field(score.f1()),
                            FigureTable.field(score.removed()),
                            FigureTable.field(score.softmax()),
                            FigureTable.field(score.trees()),
                            FigureTable.field(score.seconds()),
                            entry.commit()))
                    .append('\n');
        });
        return text.toString();
    }

    /**
     * As Markdown: what was found, what models are worth that were trained without it, and the verdicts.
     *
     * @param stamp commit, machine and settings, one line
     */
    String markdown(String stamp) {
        return Stream.of(found(), worth(), verdicts())
                .filter(table -> !table.isEmpty())
                .map(table -> "\n" + table)
                .collect(Collectors.joining("", stamp + "\n", ""));
    }

    private MarkdownTable found() {
        MarkdownTable table = new MarkdownTable(
                "case", "method", "AUROC", "precision", "recall", "F1", "removed", "wrong", "CPU seconds");
        for (NoiseCase one : cases) {
            for (String method : methods) {
                List<NoiseScore> scores = scores(one, method);
                if (scores.stream().anyMatch(score -> !Double.isNaN(score.removed()))) {
                    table.add(List.of(
                            one.name(),
                            method,
                            spread(scores, NoiseScore::auroc, 3),
                            spread(scores, NoiseScore::precision, 3),
                            spread(scores, NoiseScore::recall, 3),
                            spread(scores, NoiseScore::f1, 3),
                            mean(scores, NoiseScore::removed, 0),
                            mean(scores, NoiseScore::wrong, 0),
                            mean(scores, NoiseScore::seconds, 1)));
                }
            }
        }
        return table;
    }

    private MarkdownTable worth() {
        List<String> measured = methods.stream()
                .filter(method ->
                        cases.stream().anyMatch(one -> !scores(one, method).isEmpty()))
                .toList();
        List<String> head = new ArrayList<>(List.of("test accuracy, softmax / trees"));
        head.addAll(measured);
        MarkdownTable table = new MarkdownTable(head);
        for (NoiseCase one : cases) {
            List<String> cells =
                    new ArrayList<>(List.of(one.table() + ", " + one.noise().what()));
            for (String method : measured) {
                List<NoiseScore> scores = scores(one, method);
                cells.add(
                        scores.isEmpty()
                                ? ""
                                : spread(scores, NoiseScore::softmax, 3) + " / "
                                        + spread(scores, NoiseScore::trees, 3));
            }
            if (cells.stream().skip(1).anyMatch(cell -> !cell.isEmpty())) {
                table.add(cells);
            }
        }
        return table;
    }

    private MarkdownTable verdicts() {
        MarkdownTable table =
                new MarkdownTable("case", "verdict", "estimated share of wrong labels", "true share", "CPU seconds");
        for (NoiseCase one : cases) {
            for (String method : methods) {
                List<NoiseScore> scores = scores(one, method);
                Map<String, Long> verdicts = scores.stream()
                        .map(NoiseScore::verdict)
                        .filter(verdict -> !verdict.isEmpty())
                        .collect(Collectors.groupingBy(verdict -> verdict, TreeMap::new, Collectors.counting()));
                if (!verdicts.isEmpty()) {
                    table.add(List.of(
                            one.name(),
                            verdicts.entrySet().stream()
                                    .map(entry -> scores.size() == 1
                                            ? entry.getKey()
                                            : entry.getKey() + " " + entry.getValue())
                                    .collect(Collectors.joining(", ")),
                            spread(scores, NoiseScore::wrongShare, 3),
                            mean(scores, score -> score.wrong() / score.rows(), 3),
                            mean(scores, NoiseScore::seconds, 1)));
                }
            }
        }
        return table;
    }

    private List<NoiseScore> scores(NoiseCase one, String method) {
        Key first = key(one.name(), method, 0);
        return entries.entrySet().stream()
                .filter(entry ->
                        entry.getKey().one() == first.one() && entry.getKey().method() == first.method())
                .map(entry -> entry.getValue().score())
                .toList();
    }

    private static String spread(List<NoiseScore> scores, ToDoubleFunction<NoiseScore> measure, int digits) {
        return MarkdownTable.spread(scores.stream().mapToDouble(measure).toArray(), digits);
    }

    private static String mean(List<NoiseScore> scores, ToDoubleFunction<NoiseScore> measure, int digits) {
        return MarkdownTable.mean(scores.stream().mapToDouble(measure).toArray(), digits);
    }
}
