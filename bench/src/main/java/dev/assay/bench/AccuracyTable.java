package dev.assay.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** The scores of all cases and methods, and how they are written down: means over the data sets with standard errors. */
final class AccuracyTable {
    private final List<String> methods;
    private final Map<AccuracyCase, Map<String, List<AccuracyScore>>> scores = new LinkedHashMap<>();

    AccuracyTable(List<String> methods) {
        this.methods = List.copyOf(methods);
    }

    void add(AccuracyCase one, String method, AccuracyScore score) {
        scores.computeIfAbsent(one, ignored -> new LinkedHashMap<>())
                .computeIfAbsent(method, ignored -> new ArrayList<>())
                .add(score);
    }

    /**
     * As Markdown: accuracies at a glance, then everything, then the verdicts.
     *
     * @param stamp commit, machine and settings, one line
     */
    String markdown(String stamp) {
        StringBuilder text = new StringBuilder(stamp).append("\n\n");
        List<AccuracyCase> judged = scores.keySet().stream()
                .filter(one -> one.judged() != AccuracyCase.Judged.VERDICT)
                .toList();
        if (!judged.isEmpty()) {
            List<String> head = new ArrayList<>(List.of("test accuracy"));
            head.addAll(methods);
            line(text, head);
            rule(text, head.size());
            for (AccuracyCase one : judged) {
                List<String> cells = new ArrayList<>(List.of(one.what()));
                for (String method : methods) {
                    cells.add(cell(one, method, AccuracyScore::accuracy, 4));
                }
                line(text, cells);
            }
            text.append('\n');
            List<String> columns = List.of(
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
            line(text, columns);
            rule(text, columns.size());
            for (AccuracyCase one : judged) {
                for (String method : methods) {
                    if (!list(one, method).isEmpty()) {
                        line(text, details(one, method));
                    }
                }
            }
            text.append('\n');
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
        List<AccuracyCase> cases = scores.keySet().stream()
                .filter(one -> one.judged() == AccuracyCase.Judged.VERDICT)
                .toList();
        if (cases.isEmpty()) {
            return;
        }
        List<String> columns = List.of(
                "verdict",
                "verdict right",
                "number of blocks right too",
                "accuracy",
                "adjusted Rand index",
                "recall of wrong labels",
                "seconds");
        line(text, columns);
        rule(text, columns.size());
        for (AccuracyCase one : cases) {
            for (String method : scores.getOrDefault(one, Map.of()).keySet()) {
                line(
                        text,
                        List.of(
                                one.what(),
                                count(one, method, AccuracyScore::rightVerdict),
                                count(one, method, AccuracyScore::rightBlocks),
                                cell(one, method, AccuracyScore::accuracy, 3),
                                cell(one, method, AccuracyScore::adjustedRand, 3),
                                cell(one, method, AccuracyScore::recall, 3),
                                mean(one, method, AccuracyScore::seconds, 1)));
            }
        }
    }

    /** One line per data set and method; an empty field where there is nothing to say. */
    String csv() {
        StringBuilder text = new StringBuilder(
                "case,method,repeat,accuracy,logLoss,adjustedRand,precision,recall,blocks,rightVerdict,rightBlocks,seconds\n");
        scores.forEach((one, byMethod) -> byMethod.forEach((method, list) -> {
            for (int repeat = 0; repeat < list.size(); repeat++) {
                AccuracyScore score = list.get(repeat);
                text.append(one.name()).append(',').append(method).append(',').append(repeat);
                double[] values = {
                    score.accuracy(),
                    score.logLoss(),
                    score.adjustedRand(),
                    score.precision(),
                    score.recall(),
                    score.blocks(),
                    score.rightVerdict(),
                    score.rightBlocks(),
                    score.seconds()
                };
                for (double value : values) {
                    text.append(',').append(Double.isNaN(value) ? "" : String.format(Locale.ROOT, "%.6g", value));
                }
                text.append('\n');
            }
        }));
        return text.toString();
    }

    private List<AccuracyScore> list(AccuracyCase one, String method) {
        return scores.getOrDefault(one, Map.of()).getOrDefault(method, List.of());
    }

    private double[] known(AccuracyCase one, String method, ToDoubleFunction<AccuracyScore> measure) {
        return list(one, method).stream()
                .mapToDouble(measure)
                .filter(value -> !Double.isNaN(value))
                .toArray();
    }

    /** Mean and standard error. */
    private String cell(AccuracyCase one, String method, ToDoubleFunction<AccuracyScore> measure, int digits) {
        double[] values = known(one, method, measure);
        if (values.length == 0) {
            return "";
        }
        Spread spread = Spread.ofSample(values);
        String mean = String.format(Locale.ROOT, "%." + digits + "f", spread.mean());
        return values.length == 1
                ? mean
                : String.format(
                        Locale.ROOT, "%s ± %." + digits + "f", mean, spread.deviation() / Math.sqrt(values.length));
    }

    private String mean(AccuracyCase one, String method, ToDoubleFunction<AccuracyScore> measure, int digits) {
        double[] values = known(one, method, measure);
        return values.length == 0
                ? ""
                : String.format(
                        Locale.ROOT,
                        "%." + digits + "f",
                        Spread.ofSample(values).mean());
    }

    private String count(AccuracyCase one, String method, ToDoubleFunction<AccuracyScore> measure) {
        double[] values = known(one, method, measure);
        if (values.length == 0) {
            return "";
        }
        int right = 0;
        for (double value : values) {
            right += value == 1 ? 1 : 0;
        }
        return right + " of " + values.length;
    }

    private static void line(StringBuilder text, List<String> cells) {
        text.append("| ").append(String.join(" | ", cells)).append(" |\n");
    }

    private static void rule(StringBuilder text, int columns) {
        text.append('|').append("---|".repeat(columns)).append('\n');
    }
}
