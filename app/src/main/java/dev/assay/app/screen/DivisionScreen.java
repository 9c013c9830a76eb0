package dev.assay.app.screen;

import dev.assay.app.result.Divided;
import dev.assay.app.result.DivisionTables;
import dev.assay.app.result.FindingWords;
import dev.assay.app.result.Numbers;
import dev.assay.app.result.PotentialWords;
import dev.assay.compare.BlockMeasures;
import dev.assay.compare.BlockProfile;
import dev.assay.compare.Distinction;
import dev.assay.compare.SourceComparison;
import dev.assay.data.ClassTargets;
import dev.assay.divide.Block;
import dev.assay.divide.Candidate;
import dev.assay.divide.Division;
import dev.assay.divide.Verdict;
import dev.assay.job.Finding;
import dev.assay.linalg.Matrix;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What a division found, on the screen: the verdict first, then the blocks, the evidence, the sources, the odd rows. */
public final class DivisionScreen {
    private static final int SHOWN_FEATURES = 3;
    private static final int SHOWN_SOURCES = 8;
    private static final int SHOWN_ROWS = 5;
    private static final int NAME_WIDTH = 24;

    private final Screen screen;
    private final Divided divided;
    private final Division division;

    public DivisionScreen(Screen screen, Divided divided) {
        this.screen = screen;
        this.divided = divided;
        this.division = divided.outcome().division();
    }

    /**
     * The verdict, and what it is worth.
     *
     * @param grade what it is worth, in a few words; empty where there is nothing to say
     * @param worth the same in a sentence
     */
    public DivisionScreen verdict(String grade, List<String> worth) {
        screen.title(FindingWords.sentence(divided.outcome().finding()) + (grade.isEmpty() ? "" : ";\n" + grade));
        worth.forEach(screen::line);
        FindingWords.gloss(divided.outcome().finding()).forEach(screen::line);
        divided.remarks().forEach(screen::line);
        return this;
    }

    /** What to do. */
    public DivisionScreen next(List<String> advice) {
        screen.title("What to do next");
        advice.forEach(screen::line);
        return this;
    }

    /** Which class is labelled as which. */
    public DivisionScreen confusions() {
        ConfusionScreen.show(divided.outcome().finding(), screen);
        return this;
    }

    /**
     * The reasons, with their numbers.
     *
     * @param worth what the verdict is worth
     */
    public DivisionScreen why(List<String> worth) {
        screen.title("Why");
        worth.forEach(screen::line);
        division.explanation().forEach(screen::line);
        List<String> heads = List.of("block", "V inside", "log-loss", "kind of expert");
        List<List<String>> rows = new ArrayList<>(List.of(heads));
        for (int k = 0; k < division.blocks().size(); k++) {
            Block block = division.blocks().get(k);
            rows.add(List.of(
                    Integer.toString(k + 1),
                    Numbers.number(
                            divided.outcome().measures().profiles().get(k + 1).potential()),
                    Numbers.number(block.logLoss()),
                    block.expert().name()));
        }
        screen.title(
                "The experts, the models of the blocks: log-loss is the mean of -log p(label) on rows that they had"
                        + " not seen");
        screen.table(rows);
        return this;
    }

    /** One line for each block. */
    public DivisionScreen blocks() {
        boolean one = division.blocks().size() == 1;
        boolean unexplained = divided.outcome().measures().profiles().get(0).rows() > 0
                || division.unexplainedShare() >= Finding.SHOWN_SHARE;
        if (one && !unexplained) {
            RuleScreen.show(divided.outcome().rules(), screen);
            return this;
        }
        screen.title(one ? "The rows" : "The blocks: groups of rows that follow one rule each");
        List<String> sources = divided.outcome().blockSources();
        boolean regression = Double.isNaN(division.blocks().get(0).accuracy());
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of(
                "block",
                sources.isEmpty() ? "" : "source",
                "rows",
                "share",
                regression ? "" : "predicted right",
                "told apart by"));
        List<String> notes = new ArrayList<>();
        for (int k = 0; k < division.blocks().size(); k++) {
            Block block = division.blocks().get(k);
            rows.add(List.of(
                    one ? "all the others" : Integer.toString(k + 1),
                    sources.isEmpty() ? "" : Numbers.cut(sources.get(k), NAME_WIDTH),
                    Numbers.count(block.size()),
                    Numbers.percent(block.share()),
                    regression ? "" : Numbers.percent(block.accuracy()),
                    features(divided.outcome().measures().profiles().get(k + 1))));
            if (!block.note().isEmpty()) {
                notes.add("block " + (k + 1) + ": " + block.note());
            }
        }
        if (unexplained) {
            BlockProfile profile = divided.outcome().measures().profiles().get(0);
            rows.add(List.of(
                    unexplainedName(),
                    "",
                    Numbers.count(profile.rows()),
                    Numbers.percent(division.unexplainedShare()),
                    regression ? "" : "-",
                    features(profile)));
        }
        screen.table(rows);
        if (!regression) {
            screen.line("Predicted right: by a model of the block that had not seen the row.");
        }
        if (unexplained) {
            screen.line("In rows.csv, rows whose "
                    + (division.verdict() == Verdict.NOISY ? "label looks wrong" : "label no block explains")
                    + " are block 0.");
        }
        notes.forEach(screen::line);
        RuleScreen.show(divided.outcome().rules(), screen);
        return this;
    }

    private String unexplainedName() {
        return division.verdict() == Verdict.NOISY ? "label looks wrong" : "fits no block";
    }

    private static String features(BlockProfile profile) {
        if (profile.distinctions().isEmpty()) {
            return "no feature";
        }
        return profile.distinctions().stream()
                .limit(SHOWN_FEATURES)
                .map(one -> Numbers.cut(one.feature(), NAME_WIDTH) + sign(one))
                .collect(Collectors.joining(", "));
    }

    private static String sign(Distinction distinction) {
        return distinction.difference() > 0 ? " higher" : " lower";
    }

    /** V of the whole between its marks, and of the blocks. */
    public DivisionScreen potential() {
        BlockMeasures measures = divided.outcome().measures();
        screen.title(PotentialWords.TITLE);
        screen.line(PotentialWords.sentence(measures.scale()));
        screen.line("V inside the blocks " + Numbers.number(measures.within()));
        PotentialWords.modelSentences(
                        divided.outcome().layer(), divided.outcome().settings().learners())
                .forEach(screen::line);
        return this;
    }

    /** How the numbers of blocks compare. */
    public DivisionScreen evidence() {
        List<Candidate> candidates = divided.outcome().finding().kinds();
        if (candidates.size() < 2) {
            return this;
        }
        screen.title("Why this many? Log-likelihood of rows that had no part in it, nats per row; higher is better");
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of(
                "blocks", "and wrong labels", "experts", "shares of the blocks", "evidence", "behind the best"));
        for (Candidate candidate : candidates) {
            rows.add(List.of(
                    Integer.toString(candidate.blocks()),
                    candidate.unexplained() ? "yes" : "no",
                    candidate.view(),
                    candidate.gate(),
                    Numbers.number(candidate.evidence()),
                    candidate.behind() > 0
                            ? Numbers.number(candidate.behind()) + " (standard error "
                                    + Numbers.number(candidate.standardError()) + ")"
                            : "best"));
        }
        screen.table(rows);
        return this;
    }

    /** The sources that the user named beside the blocks; nothing without. */
    public DivisionScreen sources() {
        SourceComparison comparison = divided.outcome().sources();
        if (comparison == null) {
            return this;
        }
        screen.title("Your sources beside the blocks: adjusted Rand index "
                + Numbers.number(comparison.agreement().adjustedRand()) + ", mutual information "
                + Numbers.number(comparison.agreement().normalisedMutualInformation())
                + " (1 = the same, 0 = unrelated)");
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("block", "source", "precision", "recall"));
        for (int k = 0; k < comparison.matches().size(); k++) {
            SourceComparison.Match match = comparison.matches().get(k);
            rows.add(List.of(
                    Integer.toString(k + 1),
                    match.source() < 0 ? "none" : Numbers.cut(comparison.names().get(match.source()), NAME_WIDTH),
                    Numbers.number(match.precision()),
                    Numbers.number(match.recall())));
        }
        screen.table(rows);
        if (comparison.names().size() <= SHOWN_SOURCES
                && !Double.isNaN(comparison.influence().get(0, 0))) {
            influence(comparison);
        }
        return this;
    }

    private void influence(SourceComparison comparison) {
        Matrix influence = comparison.influence();
        screen.title("Does training on one help the other? Influence of row on column; negative = helps");
        List<List<String>> rows = new ArrayList<>();
        List<String> header = new ArrayList<>(List.of("source", "rows", "V"));
        comparison.names().forEach(name -> header.add("on " + Numbers.cut(name, NAME_WIDTH / 2)));
        rows.add(header);
        for (int s = 0; s < comparison.names().size(); s++) {
            List<String> row = new ArrayList<>(List.of(
                    Numbers.cut(comparison.names().get(s), NAME_WIDTH),
                    Numbers.count(comparison.sizes()[s]),
                    Numbers.number(comparison.potentials()[s])));
            for (int t = 0; t < influence.columns(); t++) {
                row.add(Numbers.number(influence.get(s, t)));
            }
            rows.add(row);
        }
        screen.table(rows);
    }

    /** The rows that nothing explains, the least likely first; nothing where there are none. */
    public DivisionScreen unexplained() {
        int[] rows = IntStream.of(divided.outcome().bySuspicion())
                .filter(i -> division.assigned()[i] == 0)
                .limit(SHOWN_ROWS)
                .toArray();
        if (rows.length == 0) {
            return this;
        }
        boolean noisy = division.verdict() == Verdict.NOISY;
        screen.title((noisy ? "Rows whose label looks wrong" : "Rows whose label no block explains")
                + ", the most suspicious first");
        RowsScreen.show(
                divided.data(),
                rows,
                new RowsScreen.Doubts(
                        example -> DivisionTables.suggestion(division, example),
                        example -> DivisionTables.suggestedProbability(division, example),
                        noisy ? "label right" : "label expected",
                        noisy ? divided.outcome().trust() : division.outOfFoldProbability(),
                        noisy || division.data().targets() instanceof ClassTargets),
                screen);
        return this;
    }
}
