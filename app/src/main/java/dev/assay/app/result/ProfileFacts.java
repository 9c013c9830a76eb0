package dev.assay.app.result;

import com.fasterxml.jackson.databind.JsonNode;
import dev.assay.drift.DataProfile;
import dev.assay.drift.Distribution;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What labels and columns of a data set hold, in short, as run.json keeps it and gives it back. */
final class ProfileFacts {
    private static final double ROUNDING = 1e-6;

    private ProfileFacts() {}

    static Map<String, @Nullable Object> of(DataProfile profile) {
        return RunRecord.entry(
                "labels", of(profile.labels()),
                "columns", profile.columns().stream().map(ProfileFacts::of).toList(),
                "tooManyFeatures", profile.isWide());
    }

    private static Map<String, @Nullable Object> of(Distribution distribution) {
        Map<String, @Nullable Object> result =
                RunRecord.entry("column", distribution.name(), "rows", distribution.rows());
        if (distribution instanceof Distribution.Numbers numbers) {
            result.put("edges", numbers.edges());
            result.put("shares", numbers.shares());
        } else if (distribution instanceof Distribution.Levels levels) {
            result.put("levels", levels.levels());
            result.put("shares", levels.shares());
            result.put("others", levels.others());
        }
        result.put("missing", distribution.missing());
        return result;
    }

    /** What {@link #of} wrote. */
    static DataProfile read(StoredFacts facts) {
        return new DataProfile(
                distribution(facts.at("labels")),
                facts.list("columns").stream().map(ProfileFacts::distribution).toList(),
                facts.truth("tooManyFeatures"));
    }

    private static Distribution distribution(StoredFacts facts) {
        String name = facts.text("column");
        double rows = facts.number("rows", 0, Double.MAX_VALUE);
        double missing = facts.number("missing", 0, 1);
        List<Double> shares = facts.numbers("shares", 0, 1);
        boolean numbers = facts.has("edges");
        double others = numbers ? 0 : facts.number("others", 0, 1);
        double sum = missing + others;
        for (double share : shares) {
            sum += share;
        }
        if (!(Math.abs(sum - 1) <= ROUNDING) || !(rows > 0)) {
            throw facts.damaged("shares of '" + name + "' add up to " + sum + " of " + rows + " rows, expected 1");
        }
        if (!numbers) {
            List<String> levels = new ArrayList<>();
            for (JsonNode level : facts.array("levels")) {
                levels.add(level.asText());
            }
            requireAlike(facts, name, levels.size(), shares.size());
            return new Distribution.Levels(name, levels, shares, others, missing, rows);
        }
        List<Double> edges = facts.numbers("edges", -Double.MAX_VALUE, Double.MAX_VALUE);
        requireAlike(facts, name, edges.size() + 1, shares.size());
        for (int k = 1; k < edges.size(); k++) {
            if (!(edges.get(k) > edges.get(k - 1))) {
                throw facts.damaged("edges of '" + name + "' do not ascend");
            }
        }
        return new Distribution.Numbers(name, edges, shares, missing, rows);
    }

    private static void requireAlike(StoredFacts facts, String name, int parts, int shares) {
        if (parts != shares) {
            throw facts.damaged("'" + name + "' has " + shares + " shares, expected " + parts);
        }
    }
}
