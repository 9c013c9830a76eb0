package dev.assay.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * Wrong labels planted in UCI tables, and some of these tables as they are: what each method finds, and what models are worth
 * that are trained on what it keeps. Writes {@code noise.md} and {@code noise.csv}, one line per draw and method, as they
 * come, so that {@code --resume} goes on with what an interrupted run left.
 */
final class NoiseBenchmark implements Figure {
    @Override
    public void reproduce(Session session) throws IOException {
        List<NoiseCase> cases = Choice.among(NoiseCase.all(), session.cases(), NoiseCase::name, "case");
        List<NoiseMethod> methods =
                Choice.among(NoiseMethod.all(session.learners()), session.methods(), NoiseMethod::name, "method");
        NoiseTable table = new NoiseTable(
                NoiseCase.all(),
                NoiseMethod.all(session.learners()).stream()
                        .map(NoiseMethod::name)
                        .toList());
        Path written = file(session, "noise", "csv");
        if (session.resume() && Files.exists(written)) {
            table.read(Files.readAllLines(written));
        }
        String commit = Stamp.commit();
        Integer wanted = session.repeats();
        int repeats = wanted == null ? 1 : wanted;
        for (NoiseCase one : cases) {
            for (int repeat = 0; repeat < repeats; repeat++) {
                int number = repeat;
                List<NoiseMethod> missing = methods.stream()
                        .filter(method -> !table.has(one, method.name(), number))
                        .toList();
                if (missing.isEmpty()) {
                    continue;
                }
                NoiseCase.Draw draw = one.draw(session, repeat);
                CleanTest test = new CleanTest(draw, session.seed() + repeat, session.workers());
                for (NoiseMethod method : missing) {
                    table.add(one, method.name(), repeat, measure(session, one, draw, test, method, repeat), commit);
                    write(session, table);
                }
            }
        }
        write(session, table);
        session.say("%s", Files.readString(file(session, "noise", "md")));
    }

    private static NoiseScore measure(
            Session session, NoiseCase one, NoiseCase.Draw draw, CleanTest test, NoiseMethod method, int repeat) {
        double start = processorSeconds();
        NoiseMethod.Finding finding = method.finder().find(draw, session.seed() + repeat, session.workers());
        NoiseScore score = NoiseScore.of(draw, finding, test, processorSeconds() - start);
        session.say(
                "noise: %-25s %2d  %-17s AUROC %.4f  precision %.3f  recall %.3f  F1 %.3f  removed %.0f (%.0f wrong)  "
                        + "softmax %.4f  trees %.4f  %s %.3f  %.1f CPU s",
                one.name(),
                repeat,
                method.name(),
                score.auroc(),
                score.precision(),
                score.recall(),
                score.f1(),
                score.removed(),
                score.wrong(),
                score.softmax(),
                score.trees(),
                score.verdict(),
                score.wrongShare(),
                score.seconds());
        return score;
    }

    /** Of all threads of this process, so that a busy machine does not matter. */
    private static double processorSeconds() {
        return ProcessHandle.current()
                .info()
                .totalCpuDuration()
                .map(Duration::toNanos)
                .map(nanos -> nanos * 1e-9)
                .orElse(Double.NaN);
    }

    private void write(Session session, NoiseTable table) throws IOException {
        String stamp = String.format(
                Locale.ROOT,
                "`./assay reproduce noise`, seed %d, commit %s, %s; means over the draws ± standard error.",
                session.seed(),
                String.join(", ", table.commits()),
                Stamp.machine(session.workers().threads()));
        Files.writeString(file(session, "noise", "md"), table.markdown(stamp), StandardCharsets.UTF_8);
        Files.writeString(file(session, "noise", "csv"), table.csv(), StandardCharsets.UTF_8);
    }
}
