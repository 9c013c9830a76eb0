package dev.assay.divide;

import dev.assay.data.Dataset;
import dev.assay.learn.Expert;
import dev.assay.learn.IdentityMap;
import dev.assay.learn.LinearExpert;
import dev.assay.linalg.Matrix;
import dev.assay.model.Loss;
import dev.assay.model.NewtonTrainer;
import dev.assay.model.Objective;
import dev.assay.work.Workers;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** A division that was not found but is known, each row's posterior all on its own block. */
public final class KnownDivision {
    private KnownDivision() {}

    public static Division of(Dataset data, int[] assigned, int blocks, Workers workers) {
        int n = data.size();
        Matrix posteriors = new Matrix(n, blocks + 1);
        for (int i = 0; i < n; i++) {
            posteriors.set(i, assigned[i], 1);
        }
        List<Block> found = new ArrayList<>();
        for (int k = 1; k <= blocks; k++) {
            int block = k;
            int[] rows = IntStream.range(0, n).filter(i -> assigned[i] == block).toArray();
            Objective objective = new Objective(data.select(rows), Loss.forTargets(data.targets()), 0.01);
            Expert expert = new LinearExpert(
                    new IdentityMap(data.dimension()),
                    new NewtonTrainer().fit(objective, workers).model(),
                    1,
                    Double.NaN,
                    0.01);
            found.add(new Block(expert, rows.length / (double) n, rows.length, 0, 1, List.of(), ""));
        }
        return new Division(
                data,
                Verdict.MIXED,
                found,
                posteriors,
                assigned,
                new Matrix(n, blocks),
                new Matrix(n, blocks),
                new double[n],
                new double[n],
                new double[n],
                0,
                "constant",
                List.of(),
                List.of(),
                null,
                null);
    }
}
