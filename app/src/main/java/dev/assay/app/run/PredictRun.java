package dev.assay.app.run;

import dev.assay.app.result.PredictionSummary;
import dev.assay.app.result.PredictionTable;
import dev.assay.app.screen.PredictionScreen;
import dev.assay.io.BlockReader;
import dev.assay.io.DataReader;
import dev.assay.io.model.ModelFolder;
import dev.assay.io.model.SavedModel;
import dev.assay.io.read.RowBlock;
import dev.assay.io.result.ResultColumn;
import dev.assay.io.result.ResultFile;
import dev.assay.job.BlockPredictor;
import dev.assay.job.KnownBlocks;
import dev.assay.job.PredictOutcome;
import dev.assay.linalg.Matrix;
import dev.assay.work.Progress;
import dev.assay.work.Workers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Predict the labels of new rows, block by block: with memory for some blocks, whatever their number.
 *
 * @param model the folder of a run that made one
 * @param data the rows
 * @param out where the predictions go: .csv, or .parquet
 * @param routing how the rows find their experts
 */
public record PredictRun(Path model, Path data, Path out, RoutingChoice routing) {
    /** Where all rows have to be looked at first, files of no more blocks than this are read once. */
    private static final int HELD = 6;

    /**
     * Reads, predicts and writes.
     *
     * @return what was predicted, for one screen
     * @throws dev.assay.data.InvalidInputException if the files cannot be worked with
     * @throws dev.assay.work.CancelledException if the progress was cancelled
     */
    public String run(Workers workers, Progress progress) {
        ResultFile file = ResultFile.at(out);
        SavedModel saved = ModelFolder.read(model);
        progress.phase("read " + data.getFileName(), 0);
        Pass pass = new Pass(saved, workers, progress);
        List<String> notes = new ArrayList<>();
        file.write(consumer -> notes.addAll(pass.predict(consumer)));
        return new PredictionScreen()
                .predicted(saved, pass.summary, routing.abstain())
                .routed(saved, routing.words(pass.predictor().plan()), pass.summary)
                .notes(notes)
                .next(List.of("Every row's prediction is in " + out + "."))
                .toString();
    }

    /** One run through the rows. */
    private final class Pass {
        private final SavedModel saved;
        private final Workers workers;
        private final Progress progress;
        private final BlockReader reader;
        private final @Nullable String column;
        private final PredictionSummary summary = new PredictionSummary();
        private final List<RowBlock<Matrix>> held = new ArrayList<>();
        private final Set<String> values = new HashSet<>();
        private @Nullable BlockPredictor predictor;
        private boolean looked;
        private int done;

        Pass(SavedModel saved, Workers workers, Progress progress) {
            this.saved = saved;
            this.workers = workers;
            this.progress = progress;
            this.reader = new BlockReader(workers.threads(), BlockReader.usualRows(saved.form()));
            this.column = routing.column(saved);
        }

        BlockPredictor predictor() {
            if (predictor == null) {
                throw new IllegalStateException("a file has rows");
            }
            return predictor;
        }

        /** Predicts all rows, and says what the user should know of them. */
        List<String> predict(Consumer<List<ResultColumn>> consumer) {
            List<String> notes = read(block -> {
                progress.checkCancelled();
                if (predictor == null) {
                    progress.phase("predict", 0);
                    KnownBlocks known =
                            routing.known(saved, column, block.sources(), new DataReader(workers.threads()));
                    predictor = new BlockPredictor(saved.models(), known, routing.hard(), routing.abstain(), workers);
                    looked = !(known instanceof KnownBlocks.ByColumn) && !predictor.looksFirst();
                }
                if (looked) {
                    predict(block, consumer);
                    return;
                }
                held.add(block);
                if (held.size() > HELD) {
                    // too many to hold: a reading of its own
                    read(this::look);
                    predictHeld(consumer);
                }
            });
            if (!looked) {
                held.forEach(this::look);
                predictHeld(consumer);
            }
            return notes;
        }

        private List<String> read(Consumer<RowBlock<Matrix>> consumer) {
            return reader.readNew(data, saved.form(), column, routing.blockColumn() != null, consumer);
        }

        private void look(RowBlock<Matrix> block) {
            progress.checkCancelled();
            if (predictor().looksFirst()) {
                predictor().look(block.encoded());
            }
            if (block.sources() != null) {
                values.addAll(KnownBlocks.ByColumn.values(block.sources()));
            }
        }

        private void predictHeld(Consumer<List<ResultColumn>> consumer) {
            looked = true;
            held.forEach(block -> predict(block, consumer));
            held.clear();
        }

        private void predict(RowBlock<Matrix> block, Consumer<List<ResultColumn>> consumer) {
            int first = done;
            KnownBlocks known = column == null || block.sources() == null
                    ? predictor().known()
                    : new KnownBlocks.ByColumn(column, block.sources(), routing.blockColumn() != null, values, first);
            PredictOutcome predicted = predictor().next(block.encoded(), known);
            done += block.encoded().rows();
            summary.add(predicted);
            consumer.accept(PredictionTable.columns(
                    IntStream.range(first, done).toArray(),
                    block.ids(),
                    null,
                    predicted.predictions(),
                    predicted.abstained()));
        }
    }
}
