package dev.assay.app.result;

import dev.assay.job.TrainedModel;
import dev.assay.predict.SourceShares;
import dev.assay.route.RouterSelection;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How a router was chosen, and what the sources add, in words and in run.json. */
public final class RouterWords {
    /** A source that sends so large a share of its rows to one block decides the block. */
    private static final double DECIDES = 0.95;

    private static final int SHOWN_SOURCES = 6;

    private RouterWords() {}

    /** What run.json says of the router. */
    public static Map<String, @Nullable Object> facts(TrainedModel trained) {
        RouterSelection choice = trained.choice();
        return RunRecord.entry(
                "chosen", choice.router().name(),
                "explanation", choice.explanation(),
                "contenders", contenders(choice),
                "informationNats", choice.information().nats(),
                "informationStandardError", choice.information().standardError(),
                "blockEntropyNats", choice.information().entropy(),
                "informationShare", choice.information().share(),
                "source", sources(trained.sources()));
    }

    /** What the sources say about the block, or null. */
    private static @Nullable Map<String, @Nullable Object> sources(SourceShares.@Nullable Fitted sources) {
        if (sources == null) {
            return null;
        }
        List<Object> shares = new ArrayList<>();
        for (int s = 0; s < sources.shares().names().size(); s++) {
            shares.add(RunRecord.entry(
                    "source",
                    sources.shares().names().get(s),
                    "shares",
                    sources.shares().shares().row(s)));
        }
        return RunRecord.entry(
                "column", sources.shares().column(),
                "gainNats", sources.gain(),
                "gainStandardError", sources.standardError(),
                "used", sources.helps(),
                "shares", shares);
    }

    /** What knowing the source of a row says about its block. */
    static String sentence(SourceShares.Fitted sources) {
        SourceShares shares = sources.shares();
        String gain = String.format(
                Locale.ROOT,
                "%+.3f nats per row (standard error %.3f) on labels that had no part in it",
                sources.gain(),
                sources.standardError());
        if (!sources.helps()) {
            return "Knowing column " + shares.column() + " does not help to find the block: " + gain + ".";
        }
        List<String> decided = new ArrayList<>();
        for (int s = 0; s < shares.names().size(); s++) {
            int block = shares.block(s, DECIDES);
            if (block > 0) {
                decided.add(shares.names().get(s) + " is block " + block);
            }
        }
        boolean all = decided.size() == shares.names().size();
        return (all
                        ? "Column " + shares.column() + " decides the block"
                                + (decided.size() <= SHOWN_SOURCES ? " (" + String.join(", ", decided) + ")" : "")
                        : "Knowing column " + shares.column() + " helps to find the block")
                + ": " + gain + ".";
    }

    /** How the router chose, and what the sources add; one sentence each. */
    public static List<String> explanation(TrainedModel trained) {
        List<String> words = new ArrayList<>(trained.choice().explanation());
        SourceShares.Fitted sources = trained.sources();
        if (sources != null) {
            words.add(sentence(sources)
                    + (sources.helps()
                            ? " Rows to be predicted are routed by it where their file has it."
                            : " It is not used to predict."));
        }
        return words;
    }

    /** The routers that were considered. */
    public static List<Map<String, @Nullable Object>> contenders(RouterSelection choice) {
        List<Map<String, @Nullable Object>> contenders = new ArrayList<>();
        for (RouterSelection.Contender contender : choice.contenders()) {
            contenders.add(RunRecord.entry(
                    "router", contender.name(),
                    "setting", contender.setting(),
                    "heldOutLogLikelihood", contender.nats(),
                    "behind", contender.behind(),
                    "standardError", contender.standardError()));
        }
        return contenders;
    }
}
