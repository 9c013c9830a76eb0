package dev.assay.app.web.review;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.assay.app.web.http.ApiError;
import dev.assay.app.web.run.RunFacts;
import dev.assay.app.web.run.RunFolder;
import dev.assay.data.InvalidInputException;
import dev.assay.io.result.ResultRows;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * The rows of a run that are to be looked at, the most suspicious first: as its report has them, or, where there is none, by
 * the scores in rows.csv.
 *
 * @param task classification or regression
 * @param classes the labels there are; none for regression
 * @param columns names of the values of a row
 * @param total rows of the data
 * @param images as in report.json, or null
 * @param rows as in report.json, by their place in the file
 */
record ReviewRows(
        String task,
        List<String> classes,
        JsonNode columns,
        int total,
        JsonNode images,
        Map<Integer, ObjectNode> rows) {
    private static final int MOST = 1000;
    private static final String SCORE = "outOfFoldProbability";

    /**
     * Of a run.
     *
     * @throws ApiError 409 if the run has no rows to look at
     */
    static ReviewRows of(RunFolder run) {
        RunFacts facts = RunFacts.of(run);
        if (facts == null || !(run.has(RunFolder.REPORT_DATA) || run.has(RunFolder.ROWS))) {
            throw ApiError.conflict("this run has no rows to look at: it has not finished, or wrote none");
        }
        try {
            return run.has(RunFolder.REPORT_DATA) ? ofReport(run, facts) : ofScores(run, facts);
        } catch (InvalidInputException | NumberFormatException damaged) {
            throw ApiError.damaged(RunFolder.ROWS + ": " + damaged.getMessage());
        }
    }

    private static ReviewRows ofReport(RunFolder run, RunFacts facts) {
        JsonNode report = run.json(RunFolder.REPORT_DATA);
        JsonNode suspicious = report.path("suspicious");
        Map<Integer, ObjectNode> rows = new LinkedHashMap<>();
        for (JsonNode row : suspicious.path("rows")) {
            if (row instanceof ObjectNode object) {
                rows.put(object.path("row").asInt(), object);
            }
        }
        JsonNode images = report.path("images");
        return new ReviewRows(
                facts.task(),
                facts.classes(),
                report.path("data").path("columns"),
                suspicious.path("total").asInt(),
                images.isMissingNode() ? JsonNodeFactory.instance.nullNode() : images,
                rows);
    }

    private static ReviewRows ofScores(RunFolder run, RunFacts facts) {
        ResultRows scores = ResultRows.read(run.file(RunFolder.ROWS));
        List<Map<String, String>> all = new ArrayList<>(scores.rows());
        all.sort(Comparator.comparingDouble(row -> number(row, SCORE).orElse(Double.POSITIVE_INFINITY)));
        Map<Integer, ObjectNode> rows = new LinkedHashMap<>();
        for (Map<String, String> row : all.subList(0, Math.min(MOST, all.size()))) {
            ObjectNode object = JsonNodeFactory.instance.objectNode();
            int place = Integer.parseInt(row.getOrDefault("row", "0"));
            object.put("rank", rows.size() + 1)
                    .put("row", place)
                    .put("id", row.getOrDefault("id", ""))
                    .put("label", row.getOrDefault("label", ""))
                    .put("suggested", row.getOrDefault("suggestedLabel", ""));
            put(object, "probability", number(row, "suggestedProbability"));
            object.put("judged", "false".equals(row.get("kept")) || "0".equals(row.get("block")));
            put(object, "block", number(row, "block"));
            object.put("source", row.get("source"));
            ArrayNode list = object.putArray("scores");
            number(row, SCORE).ifPresentOrElse(list::add, list::addNull);
            object.putArray("values");
            object.putArray("against");
            object.put("image", -1);
            rows.put(place, object);
        }
        return new ReviewRows(
                facts.task(),
                facts.classes(),
                JsonNodeFactory.instance.arrayNode(),
                all.size(),
                JsonNodeFactory.instance.nullNode(),
                rows);
    }

    private static void put(ObjectNode object, String name, OptionalDouble number) {
        number.ifPresentOrElse(
                value -> {
                    if (value == Math.rint(value)) {
                        object.put(name, (long) value);
                    } else {
                        object.put(name, value);
                    }
                },
                () -> object.putNull(name));
    }

    private static OptionalDouble number(Map<String, String> row, String column) {
        String text = row.get(column);
        try {
            return text == null || text.isEmpty()
                    ? OptionalDouble.empty()
                    : OptionalDouble.of(Double.parseDouble(text));
        } catch (NumberFormatException none) {
            return OptionalDouble.empty();
        }
    }
}
