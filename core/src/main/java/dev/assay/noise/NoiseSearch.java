package dev.assay.noise;

import dev.assay.data.ClassTargets;
import dev.assay.data.ContentOrder;
import dev.assay.data.Dataset;
import dev.assay.data.Partition;
import dev.assay.data.RealTargets;
import dev.assay.linalg.Dense;
import dev.assay.linalg.Matrix;
import dev.assay.work.Progress;
import dev.assay.work.Series;
import dev.assay.work.Workers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The search behind {@link WrongLabels}: views and ridges by {@link NoisePath}, then rounds in which the best of them teach one another. */
final class NoiseSearch {
    /** Rows by which views and ridges are chosen. */
    private static final int CHOICE_ROWS = 2500;
    /** The same where there are many classes, times their number. */
    private static final int CHOICE_ANSWERS = 20_000;

    private static final int FEWEST_CHOICE_ROWS = 1000;
    /** Of more rows a sample is judged out of fold, and the others by its experts. */
    private static final int ROUND_ROWS = 10_000;

    private static final int PARTS = 5;
    /** With fewer rows than this each expert needs more of them. */
    private static final int FEW_ROWS = 1000;

    private static final int PARTS_OF_FEW = 10;
    /** Fewer rows than this say nothing about a bent expert. */
    private static final int RADIAL_SMALLEST = 50;

    private static final int EXPERTS = 3;
    /** Sharpness of the posteriors in each round: experts with many parameters leave their first doubts only that way. */
    private static final double[] ROUNDS = {4, 8, 4, 2, 1, 1, 1, 1};
    /**
     * So many of the last rounds train experts that see the labels through the noise, where rows are many: a small group of rows that took
     * its own wrong labels for doubt is put right by what its labels say together. With few rows such experts learn labels by heart.
     */
    private static final int SEEN_THROUGH = 4;
    /** The same where next to nothing is wrong. */
    private static final double[] FEW_ROUNDS = {1, 1};

    private static final int AVERAGED = 4;
    private static final double TOLERANCE = 2e-3;
    private static final int STEPS = 25;
    private static final int FINAL_STEPS = 60;
    private static final double SMALLEST_SHARE = 0.01;
    /** A share below this is not a plateau that an expert could call doubt: few wrong labels among certain rows must show ... */
    private static final double SMALL_SHARE = 0.1;
    /** ... by so many standard errors. */
    private static final double SMALL_SHARE_ERRORS = 2;
    /** A share below this needs no rounds. */
    private static final double NOTHING = 0.002;
    /** For numbers noise must win by so many standard errors, and by more nats than chance gives. */
    private static final double NUMBER_ERRORS = 2;

    private static final double NATS = 3;
    private static final long SEED_STEP = 1_000_003;
    private static final int BLOCK = 4096;

    private static final Series WRONG =
            new Series("Labels that experts which did not see them do not explain", "round", "share of the labels, %");

    private final Dataset data;
    private final @Nullable Double ridge;
    private final long seed;
    private final Workers workers;
    private final Progress progress;
    private final ContentOrder order;
    private final int outputs;

    NoiseSearch(Dataset data, @Nullable Double ridge, long seed, Workers workers, Progress progress) {
        this.data = data;
        this.ridge = ridge;
        this.seed = seed;
        this.workers = workers;
        this.progress = progress;
        this.order = ContentOrder.of(data, workers);
        this.outputs = NoisePath.outputs(data);
    }

    /** Rows, and their parts. */
    private record Scope(int[] rows, Dataset data, ContentOrder order, Partition parts) {}

    private Scope scope(int size) {
        int[] rows = order.sample(size, seed);
        boolean all = rows.length == data.size();
        ContentOrder own = all ? order : order.select(rows);
        int parts = Math.max(2, Math.min(rows.length, rows.length < FEW_ROWS ? PARTS_OF_FEW : PARTS));
        return new Scope(rows, all ? data : data.select(rows), own, Partition.of(own, parts, seed - 1));
    }

    WrongLabels run() {
        Scope choice = scope(Math.max(FEWEST_CHOICE_ROWS, Math.min(CHOICE_ROWS, CHOICE_ANSWERS / outputs)));
        List<NoisePath.Candidate> tried = candidates(choice);
        double[] weights = choice.data().weights();
        NoisePath.Candidate best = highest(tried, weights);
        NoisePath.Candidate plain = tried.stream()
                .max(Comparator.comparingDouble(one -> one.plainEvidence(weights)))
                .orElseThrow(() -> new IllegalStateException("nothing was tried"));
        List<NoisePath.Candidate> experts = alike(tried, best, weights);
        Scope whole = scope(ROUND_ROWS);
        Rounds rounds = rounds(choice, whole, experts);
        Noise noise = simplest(rounds.noise(), whole);
        Doubt doubt = doubt(noise, whole);
        boolean noisy = isNoisy(noise, whole.data(), plain, best, weights, doubt);
        List<String> words = words(tried, experts, best, plain, weights, doubt, noise, noisy, choice);
        WrongLabels.Evidence evidence = new WrongLabels.Evidence(
                plain.view().name(),
                best.view().name(),
                choice.rows(),
                plain.plain(),
                best.noise().logLikelihoods());
        return result(noisy, spread(noise, rounds, whole), rounds, whole, evidence, words);
    }

    // ---- which experts

    private List<NoisePath.Candidate> candidates(Scope scope) {
        progress.phase("experts that know of wrong labels", 0);
        NoiseView linear = NoiseView.linear(data, order, seed, workers);
        Double given = ridge;
        if (given != null) {
            NoiseView only =
                    new NoiseView(linear.name(), linear.map(), linear.rotation(), linear.scale(), List.of(given));
            return path(only, scope);
        }
        List<NoisePath.Candidate> result = new ArrayList<>(path(linear, scope));
        if (scope.rows().length < RADIAL_SMALLEST) {
            return result;
        }
        double[] weights = scope.data().weights();
        List<NoisePath.Candidate> middle = path(radial(1), scope);
        List<NoisePath.Candidate> narrow = path(radial(0.3), scope);
        result.addAll(middle);
        result.addAll(narrow);
        boolean narrower = highest(narrow, weights).evidence(weights)
                > highest(middle, weights).evidence(weights);
        result.addAll(path(radial(narrower ? 0.1 : 3), scope));
        return result;
    }

    private NoiseView radial(double width) {
        return NoiseView.radial(data, order, width, outputs, seed, workers);
    }

    private List<NoisePath.Candidate> path(NoiseView view, Scope scope) {
        Matrix seen = view.of(scope.data().features(), workers);
        return NoisePath.down(view, seen, scope.data(), scope.parts(), progress, workers);
    }

    private static NoisePath.Candidate highest(List<NoisePath.Candidate> candidates, double[] weights) {
        return candidates.stream()
                .max(Comparator.comparingDouble(one -> one.evidence(weights)))
                .orElseThrow(() -> new IllegalStateException("nothing was tried"));
    }

    /**
     * Experts that are as good as the best, up to chance, the best first, at most one for each view: of a view the smallest ridge within a
     * standard error of its best, as under a large ridge an expert is timid and explains wrong labels nearly as well as right ones.
     */
    private static List<NoisePath.Candidate> alike(
            List<NoisePath.Candidate> tried, NoisePath.Candidate best, double[] weights) {
        List<NoisePath.Candidate> result = new ArrayList<>();
        Map<String, List<NoisePath.Candidate>> byView = new LinkedHashMap<>();
        for (NoisePath.Candidate one : tried) {
            byView.computeIfAbsent(one.view().name(), name -> new ArrayList<>()).add(one);
        }
        for (List<NoisePath.Candidate> own : byView.values()) {
            NoisePath.Candidate highest = highest(own, weights);
            if (!isClose(highest, best, weights)) {
                continue;
            }
            NoisePath.Candidate chosen = highest;
            for (NoisePath.Candidate one : own) {
                if (one.ridge() < chosen.ridge() && isClose(one, highest, weights) && isClose(one, best, weights)) {
                    chosen = one;
                }
            }
            result.add(chosen);
        }
        result.sort(Comparator.comparingDouble((NoisePath.Candidate one) -> -one.evidence(weights)));
        return result.subList(0, Math.min(EXPERTS, result.size()));
    }

    /** Whether the first is behind the second by no more than the standard error of the difference, over rows. */
    private static boolean isClose(NoisePath.Candidate first, NoisePath.Candidate second, double[] weights) {
        Difference difference =
                Difference.of(first.noise().logLikelihoods(), second.noise().logLikelihoods(), weights);
        return -difference.nats() <= difference.standardError();
    }

    /** A sum over rows, and its standard error. */
    private record Difference(double nats, double standardError) {
        static Difference of(double[] first, double[] second, double[] weights) {
            double sum = 0;
            double squares = 0;
            for (int i = 0; i < weights.length; i++) {
                double one = weights[i] * (first[i] - second[i]);
                sum += one;
                squares += one * one;
            }
            return new Difference(sum, Math.sqrt(squares));
        }
    }

    // ---- rounds

    /**
     * What the rounds came to.
     *
     * @param noise fitted to the averaged answers
     * @param answers the averaged answers, before the noise's scale
     * @param course the noise of each round
     * @param seen the rows through the view of each expert
     */
    private record Rounds(Noise noise, Matrix answers, List<Noise> course, List<Matrix> seen, List<Member> members) {}

    /** An expert among others: its ridge for the rows at hand, and the scale of its answers in the last round. */
    private record Member(NoiseView view, double ridge, double scale) {}

    private Rounds rounds(Scope choice, Scope whole, List<NoisePath.Candidate> experts) {
        progress.phase("experts teach one another", ROUNDS.length);
        boolean same = choice.rows().length == whole.rows().length;
        // the ridge of a mean loss is the prior's share per row: with more rows it counts for less
        double share = (double) choice.rows().length / whole.rows().length;
        List<Matrix> seen = new ArrayList<>();
        List<PartExperts> trainers = new ArrayList<>();
        List<List<double[]>> parameters = new ArrayList<>();
        double[] weights = whole.data().weights();
        for (NoisePath.Candidate expert : experts) {
            Matrix through = expert.view().of(whole.data().features(), workers);
            seen.add(through);
            trainers.add(new PartExperts(through, weights, outputs));
            parameters.add(expert.parts());
        }
        Noise noise = NoisePath.fit(
                first(choice, whole, experts, seen, same),
                whole.data(),
                experts.get(0).noise());
        List<Noise> course = new ArrayList<>(List.of(noise));
        double[] schedule = noise.share() < NOTHING ? FEW_ROUNDS : ROUNDS;
        int averaged = Math.min(AVERAGED, schedule.length);
        Matrix sum = new Matrix(whole.rows().length, outputs);
        double[] scales = new double[experts.size()];
        Arrays.fill(scales, 1);
        for (int round = 0; round < schedule.length; round++) {
            progress.checkCancelled();
            progress.step(round);
            Matrix mean = new Matrix(whole.rows().length, outputs);
            boolean seenThrough = whole.rows().length >= FEW_ROWS
                    && schedule.length > FEW_ROUNDS.length
                    && schedule.length - round <= SEEN_THROUGH;
            Responses responses = seenThrough ? noise.seenThrough() : noise.corrected(schedule[round]);
            Partition parts = Partition.of(whole.order(), whole.parts().count(), seed + SEED_STEP * (round + 1));
            for (int e = 0; e < experts.size(); e++) {
                PartExperts.Trained trained = trainers.get(e)
                        .train(
                                parts,
                                responses,
                                experts.get(e).ridge() * share,
                                parameters.get(e),
                                TOLERANCE,
                                STEPS,
                                workers);
                parameters.set(e, trained.parameters());
                Matrix said = trained.answers();
                if (experts.size() > 1) {
                    Noise own = NoisePath.fit(said, whole.data(), noise);
                    said = own.answers();
                    scales[e] = own instanceof ClassNoise scaled ? scaled.scale() : 1;
                }
                Dense.add(1.0 / experts.size(), said.values(), mean.values());
            }
            noise = NoisePath.fit(mean, whole.data(), noise);
            course.add(noise);
            progress.measured(WRONG, round + 1.0, 100 * noise.share());
            if (round >= schedule.length - averaged) {
                Dense.add(1.0 / averaged, mean.values(), sum.values());
            }
        }
        noise = NoisePath.fit(sum, whole.data(), noise);
        course.add(noise);
        List<Member> members = new ArrayList<>();
        for (int e = 0; e < experts.size(); e++) {
            members.add(new Member(experts.get(e).view(), experts.get(e).ridge() * share, scales[e]));
        }
        return new Rounds(noise, sum, course, seen, members);
    }

    /** What the experts of the choice say: of their own rows out of fold, of others the mean of all parts' experts. */
    private Matrix first(
            Scope choice, Scope whole, List<NoisePath.Candidate> experts, List<Matrix> seen, boolean same) {
        Matrix mean = new Matrix(whole.rows().length, outputs);
        for (int e = 0; e < experts.size(); e++) {
            NoisePath.Candidate expert = experts.get(e);
            double scale = expert.noise() instanceof ClassNoise scaled ? scaled.scale() : 1;
            Matrix said = expert.noise().answers();
            if (!same) {
                said = new Matrix(whole.rows().length, outputs);
                for (double[] parameters : expert.parts()) {
                    Matrix one = PartExperts.answers(parameters, seen.get(e), outputs, workers);
                    Dense.add(scale / expert.parts().size(), one.values(), said.values());
                }
                for (int k = 0; k < choice.rows().length; k++) {
                    int at = Arrays.binarySearch(whole.rows(), choice.rows()[k]);
                    if (at >= 0) {
                        System.arraycopy(
                                expert.noise().answers().values(), k * outputs, said.values(), at * outputs, outputs);
                    }
                }
            }
            Dense.add(1.0 / experts.size(), said.values(), mean.values());
        }
        return mean;
    }

    // ---- what kind of noise, and whether it is noise

    /** One common share where the classes do not explain more than chance by shares of their own, on rows that T was not fitted to. */
    private Noise simplest(Noise noise, Scope whole) {
        if (!(noise instanceof ClassNoise found) || outputs == 2) {
            return noise;
        }
        double[] weights = whole.data().weights();
        double[] even = new double[weights.length];
        double[] own = new double[weights.length];
        int[] dealt = whole.parts().ofRow();
        for (int part = 0; part < whole.parts().count(); part++) {
            int number = part;
            double[] others = weights.clone();
            for (int i = 0; i < others.length; i++) {
                others[i] = dealt[i] == number ? 0 : others[i];
            }
            for (ClassNoise.Kind kind : List.of(ClassNoise.Kind.EVEN, ClassNoise.Kind.BY_CLASS)) {
                ClassNoise fitted = ClassNoise.fit(found.answers(), found.codes(), others, kind);
                double[] said = fitted.logLikelihoods();
                for (int i = 0; i < said.length; i++) {
                    if (dealt[i] == part) {
                        (kind == ClassNoise.Kind.EVEN ? even : own)[i] = said[i];
                    }
                }
            }
        }
        Difference difference = Difference.of(own, even, weights);
        boolean byClass = difference.nats() > NATS && difference.nats() > difference.standardError();
        if (byClass) {
            return noise;
        }
        return ClassNoise.fit(found.answers(), found.codes(), weights, ClassNoise.Kind.EVEN);
    }

    /** The floor of errors, looked for through two views. */
    private record Doubt(ErrorFloor straight, ErrorFloor bent) {
        boolean isDoubt() {
            return straight.isDoubt() || bent.isDoubt();
        }
    }

    private Doubt doubt(Noise noise, Scope whole) {
        if (noise.share() < SMALLEST_SHARE) {
            ErrorFloor nothing = new ErrorFloor(0, 0, 0, 1);
            return new Doubt(nothing, nothing);
        }
        progress.phase("doubt or wrong labels", 0);
        Matrix straight =
                NoiseView.linear(data, order, seed, workers).of(whole.data().features(), workers);
        ErrorFloor first = ErrorFloor.of(noise, straight, whole.data().weights(), whole.order(), seed, workers);
        if (whole.rows().length < RADIAL_SMALLEST) {
            return new Doubt(first, first);
        }
        Matrix bent = radial(1).of(whole.data().features(), workers);
        return new Doubt(first, ErrorFloor.of(noise, bent, whole.data().weights(), whole.order(), seed, workers));
    }

    private boolean isNoisy(
            Noise noise,
            Dataset judged,
            NoisePath.Candidate plain,
            NoisePath.Candidate best,
            double[] weights,
            Doubt doubt) {
        double out = 0;
        double[] trust = noise.trust();
        for (int i = 0; i < trust.length; i++) {
            out += trust[i] < WrongLabels.LEAST_TRUST ? judged.weights()[i] : 0;
        }
        if (noise.share() < SMALLEST_SHARE || out < SMALLEST_SHARE * judged.totalWeight() || doubt.isDoubt()) {
            return false;
        }
        Difference difference = Difference.of(best.noise().logLikelihoods(), plain.plain(), weights);
        if (noise instanceof ClassNoise) {
            if (noise.share() < SMALL_SHARE) {
                return difference.nats() > NATS && difference.nats() > SMALL_SHARE_ERRORS * difference.standardError();
            }
            // an expert may call a plateau of wrong labels doubt, so a tie speaks for the floor that was found
            return difference.nats() > -difference.standardError();
        }
        return difference.nats() > NATS && difference.nats() > NUMBER_ERRORS * difference.standardError();
    }

    private List<String> words(
            List<NoisePath.Candidate> tried,
            List<NoisePath.Candidate> experts,
            NoisePath.Candidate best,
            NoisePath.Candidate plain,
            double[] weights,
            Doubt doubt,
            Noise noise,
            boolean noisy,
            Scope choice) {
        List<String> result = new ArrayList<>();
        result.add(String.format(
                Locale.ROOT,
                "labels judged by %s: of %d experts the ones that say most of labels they never saw (%.4f nats per row)",
                String.join(
                        " and ",
                        experts.stream()
                                .map(one -> String.format(
                                        Locale.ROOT,
                                        "a %s expert with ridge %.2g",
                                        one.view().name(),
                                        one.ridge()))
                                .toList()),
                tried.size(),
                best.evidence(weights) / choice.data().totalWeight()));
        Difference difference = Difference.of(best.noise().logLikelihoods(), plain.plain(), weights);
        result.add(String.format(
                Locale.ROOT,
                "experts that allow for wrong labels against experts that do not: %+.1f nats (standard error %.1f) on %d rows",
                difference.nats(),
                difference.standardError(),
                choice.rows().length));
        if (doubt.isDoubt()) {
            result.add(
                    "labels that surprise are where the features say so, and hardly any elsewhere: that is honest doubt,"
                            + " not a floor of wrong labels");
        }
        result.add(String.format(
                Locale.ROOT,
                noisy
                        ? "%.1f %% of the labels are wrong, judged by experts that did not see them"
                        : "%.1f %% of the labels might be wrong, too few or too doubtful to call any of them so",
                100 * noise.share()));
        if (whole() < data.size()) {
            result.add(String.format(
                    Locale.ROOT, "a quicker look: %d of the rows were judged, the others by their experts", whole()));
        }
        return result;
    }

    private int whole() {
        return Math.min(ROUND_ROWS, data.size());
    }

    // ---- all rows

    /** The noise of all rows, by the experts of those that were judged where there are more. */
    private Noise spread(Noise noise, Rounds rounds, Scope whole) {
        if (whole.rows().length == data.size()) {
            return noise;
        }
        progress.phase("all rows", 0);
        Matrix answers = new Matrix(data.size(), outputs);
        Responses responses = noise.corrected(1);
        List<double[]> parameters = new ArrayList<>();
        for (int e = 0; e < rounds.members().size(); e++) {
            PartExperts trainer =
                    new PartExperts(rounds.seen().get(e), whole.data().weights(), outputs);
            parameters.add(trainer.train(
                            Partition.whole(whole.rows().length),
                            responses,
                            rounds.members().get(e).ridge(),
                            null,
                            TOLERANCE,
                            FINAL_STEPS,
                            workers)
                    .parameters()
                    .get(0));
        }
        double last = noise instanceof ClassNoise scaled ? scaled.scale() : 1;
        for (int from = 0; from < data.size(); from += BLOCK) {
            int to = Math.min(data.size(), from + BLOCK);
            Matrix some = data.features().selectRows(from, to);
            for (int e = 0; e < parameters.size(); e++) {
                Member member = rounds.members().get(e);
                Matrix said =
                        PartExperts.answers(parameters.get(e), member.view().of(some, workers), outputs, workers);
                double factor = last * member.scale() / parameters.size();
                for (int k = 0; k < said.values().length; k++) {
                    answers.values()[from * outputs + k] +=
                            (outputs == 1 ? 1.0 / parameters.size() : factor) * said.values()[k];
                }
            }
        }
        for (int k = 0; k < whole.rows().length; k++) {
            System.arraycopy(
                    noise.answers().values(), k * outputs, answers.values(), whole.rows()[k] * outputs, outputs);
        }
        if (noise instanceof ClassNoise classes) {
            return ClassNoise.of(
                    answers, ((ClassTargets) data.targets()).codes(), data.weights(), classes.transitions(), 1);
        }
        return ((Outliers.Fitted) noise)
                .model()
                .judge(answers, ((RealTargets) data.targets()).values(), data.weights());
    }

    private WrongLabels result(
            boolean noisy, Noise noise, Rounds rounds, Scope whole, WrongLabels.Evidence evidence, List<String> words) {
        int n = data.size();
        double[] suggestion = new double[n];
        double[] probability = new double[n];
        boolean logarithms = !(noisy && noise instanceof ClassNoise);
        Matrix expected = noise instanceof ClassNoise classes && noisy ? classes.posteriors() : noise.answers();
        for (int i = 0; i < n; i++) {
            if (outputs == 1) {
                suggestion[i] = expected.get(i, 0);
                probability[i] = Double.NaN;
                continue;
            }
            int best = 0;
            for (int c = 1; c < outputs; c++) {
                best = expected.get(i, c) > expected.get(i, best) ? c : best;
            }
            suggestion[i] = best;
            probability[i] = logarithms ? Math.exp(expected.get(i, best)) : expected.get(i, best);
        }
        List<WrongLabels.Round> course = rounds.course().stream()
                .map(one -> new WrongLabels.Round(
                        one.share(),
                        Dense.dot(one.logLikelihoods(), whole.data().weights())))
                .toList();
        return new WrongLabels(
                noisy,
                noise.share(),
                noise.trust(),
                Arrays.stream(noise.logDensities()).map(Math::exp).toArray(),
                suggestion,
                probability,
                noise.answers(),
                noise instanceof Outliers.Fitted fitted ? fitted.model().deviation() : Double.NaN,
                noise instanceof ClassNoise classes ? classes.transitions() : null,
                wrongSince(noisy, noise, rounds.course(), whole.rows().length == n),
                course,
                evidence,
                words);
    }

    /** For each row that is out in the end, the round from which on it was never trusted again; rounds count from 1. */
    private static int[] wrongSince(boolean noisy, Noise noise, List<Noise> course, boolean all) {
        double[] last = noise.trust();
        List<double[]> trusts = all ? course.stream().map(Noise::trust).toList() : List.of(last);
        return IntStream.range(0, last.length)
                .map(i -> {
                    if (!noisy || last[i] >= WrongLabels.LEAST_TRUST) {
                        return 0;
                    }
                    int round = trusts.size() - 1;
                    while (round > 0 && trusts.get(round - 1)[i] < WrongLabels.LEAST_TRUST) {
                        round--;
                    }
                    return round + 1;
                })
                .toArray();
    }
}
