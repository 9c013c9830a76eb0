package dev.assay.bench;

import dev.assay.bench.rival.ConfidentLearning;
import dev.assay.bench.rival.GatedMixture;
import dev.assay.bench.rival.IteratedRemoval;
import dev.assay.bench.rival.KMeansExperts;
import dev.assay.bench.rival.MixtureByEm;
import dev.assay.bench.rival.Rival;
import dev.assay.bench.rival.SoftmaxRegression;
import dev.assay.bench.rival.Trained;
import dev.assay.learn.LearnerSet;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * All methods on all cases, each data set drawn anew for every repeat and the same for all methods. Writes {@code
 * accuracy.md}, ready for docs/benchmarks.md, and {@code accuracy.csv}, one line per data set and method, as they
 * come, so that {@code --resume} goes on with what an interrupted run left.
 */
final class AccuracyBenchmark implements Figure {
    private static List<Rival> methods(LearnerSet learners) {
        return List.of(
                new AssayMethod(learners),
                new ExpertMethod(learners),
                new SoftmaxRegression(),
                IteratedRemoval.loss(),
                IteratedRemoval.selfInfluence(),
                new ConfidentLearning(new SoftmaxRegression()),
                new MixtureByEm(),
                new GatedMixture(),
                new KMeansExperts(),
                IteratedRemoval.purification());
    }

    private static List<AccuracyCase> cases() {
        List<AccuracyCase> cases = new ArrayList<>(LetterCases.all());
        cases.addAll(TableCases.all());
        return cases;
    }

    @Override
    public void reproduce(Session session) throws IOException {
        List<AccuracyCase> cases = Choice.among(cases(), session.cases(), AccuracyCase::name, "case");
        List<Rival> methods = Choice.among(methods(session.learners()), session.methods(), Rival::name, "method");
        AccuracyTable table = new AccuracyTable(
                cases(), methods(session.learners()).stream().map(Rival::name).toList());
        Path written = file(session, "accuracy", "csv");
        if (session.resume() && Files.exists(written)) {
            table.read(Files.readAllLines(written));
        }
        String commit = Stamp.commit();
        for (AccuracyCase one : cases) {
            Integer wanted = session.repeats();
            int repeats = wanted == null ? one.repeats() : wanted;
            for (int repeat = 0; repeat < repeats; repeat++) {
                int number = repeat;
                List<Rival> missing = methods.stream()
                        .filter(method -> one.judged() != AccuracyCase.Judged.VERDICT
                                || method.name().equals(AssayMethod.NAME))
                        .filter(method -> !table.has(one, method.name(), number))
                        .toList();
                if (missing.isEmpty()) {
                    continue;
                }
                AccuracyCase.Problem problem = one.draw().of(session, repeat);
                for (Rival method : missing) {
                    table.add(one, method.name(), repeat, measure(session, one, problem, method, repeat), commit);
                    write(session, table);
                }
            }
        }
        write(session, table);
    }

    private static AccuracyScore measure(
            Session session, AccuracyCase one, AccuracyCase.Problem problem, Rival method, int repeat) {
        long start = System.nanoTime();
        Trained trained = method.train(problem.training(), session.seed() + repeat, session.workers());
        double seconds = (System.nanoTime() - start) * 1e-9;
        AccuracyScore score = AccuracyScore.of(problem, one.judged(), trained, seconds, session.workers());
        session.say(
                "accuracy: %-20s %2d  %-14s accuracy %.4f  log-loss %.3f  ARI %.3f  precision %.3f  recall %.3f  %s %d "
                        + "blocks  %.1f s",
                one.name(),
                repeat,
                method.name(),
                score.accuracy(),
                score.logLoss(),
                score.adjustedRand(),
                score.precision(),
                score.recall(),
                trained.verdict(),
                trained.experts().size(),
                seconds);
        return score;
    }

    private void write(Session session, AccuracyTable table) throws IOException {
        String stamp = String.format(
                Locale.ROOT,
                "`./assay reproduce accuracy`, seed %d, commit %s, %s; means over the data sets ± standard error.",
                session.seed(),
                String.join(", ", table.commits()),
                Stamp.machine(session.workers().threads()));
        Files.writeString(file(session, "accuracy", "md"), table.markdown(stamp), StandardCharsets.UTF_8);
        Files.writeString(file(session, "accuracy", "csv"), table.csv(), StandardCharsets.UTF_8);
    }
}
