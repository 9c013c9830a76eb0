package dev.assay.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.app.run.LearningRun;
import dev.assay.app.run.RunOrder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a record says of a run is understood as the same run. */
class CommandLineWordsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "run mine.csv --label y --test t.csv --source site --router prior --max-blocks 3 --seed 7",
                "run mine.npz --label=--y --features X --labels l.npy --test t.npz --test-labels tl.npy",
                "divide mine.csv --label y --drop a\\,b\\\\ --drop c,d --method purify --dates day-first --label-na"
                        + " keep",
                "diagnose mine.csv --label y --task regression --header no --decimal comma --numeric n --categorical k"
                        + " --no-outliers --no-near-duplicates --no-order-drift",
                "purify mine.csv --label y --id i --weight w --criterion delta-variance --method retrain --step 4"
                        + " --iterations 3 --ridge 0.01 --folds 3",
                "diagnose mine.csv --label y --probabilities p.npy --probability-labels b,a\\,c --probability-folds f.csv",
                "run mine.csv --label y --model trees,linear",
                "divide mine.csv --label y --model=linear,radial",
                "diagnose mine.csv --label y --model radial",
                "purify mine.csv --label y --model trees",
                "purify mine.csv --label y --preset paper --iterations 20 --step 2%"
            })
    void wordsSayTheWholeRun(String line) {
        LearningRun run = understood(Arrays.asList((line + " --out=o").split(" ", -1)));

        assertThat(understood(new RunOrder(run, Path.of("o"), 2).arguments())).isEqualTo(run);
    }

    private static LearningRun understood(List<String> words) {
        return new ServedCommands().understood(words);
    }
}
