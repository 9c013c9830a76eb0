package dev.assay.io.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import dev.assay.data.ClassTargets;
import dev.assay.data.FeatureEncoding;
import dev.assay.data.InvalidInputException;
import dev.assay.data.RealTargets;
import dev.assay.data.Targets;
import dev.assay.io.cell.CellForms;
import dev.assay.io.cell.DateOrder;
import dev.assay.io.file.SourceContent;
import dev.assay.io.network.AxisOrder;
import dev.assay.io.network.Embedding;
import dev.assay.io.read.InputSchema;
import dev.assay.io.read.ReadSettings;
import dev.assay.io.result.RunDirectory;
import dev.assay.job.ModelSet;
import dev.assay.model.Loss;
import dev.assay.predict.LabelSpace;
import dev.assay.predict.RoutedModel;
import dev.assay.predict.SourceShares;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The content of model.json: plain values; matrices by the name of their entry in {@code arrays}. Nothing may be null but
 * what says so. A change of its meaning needs another {@link #VERSION}.
 *
 * @param format {@link #FORMAT}
 * @param version {@link #VERSION}
 * @param checksum SHA-256 of the file, with zeros in the place of the checksum
 * @param origin where the model comes from
 * @param input how the training data was read
 * @param labels what is predicted
 * @param maps how experts and routers see the features; they refer to them by position
 * @param model experts and router
 * @param rivals other models, by name
 * @param oracle a model of known sources, or nothing
 * @param sources the sources of the oracle's experts
 * @param blockSources the source of each block, or nothing
 * @param sourceShares what the source of a row says about its block, or nothing
 * @param arrays the files of the matrices, by name
 */
record ModelJson(
        String format,
        int version,
        String checksum,
        Map<String, String> origin,
        Input input,
        LabelSpace labels,
        List<MapCodec.StoredMap> maps,
        StoredRouted model,
        Map<String, StoredRouted> rivals,
        @JsonSetter(nulls = Nulls.SET) @Nullable StoredRouted oracle,
        List<String> sources,
        List<String> blockSources,
        @JsonSetter(nulls = Nulls.SET) @Nullable StoredSources sourceShares,
        Map<String, StoredArray> arrays) {
    static final String FORMAT = "assay model";
    static final int VERSION = 3;
    /** What stands for the checksum while it is being computed. */
    static final String NO_CHECKSUM = "0".repeat(64);

    /** A model whose matrices go to a folder. */
    static ModelJson of(SavedModel model, ModelArrays.Writer arrays) {
        ComponentWriter parts = new ComponentWriter(arrays);
        ModelSet models = model.models();
        StoredRouted routed = parts.model("", model.model());
        Map<String, StoredRouted> rivals = new LinkedHashMap<>();
        models.rivals()
                .forEach((name, rival) -> rivals.put(name, parts.model("rival" + (rivals.size() + 1) + "-", rival)));
        RoutedModel oracle = models.oracle();
        StoredRouted storedOracle = oracle == null ? null : parts.model("oracle-", oracle);
        SourceShares sources = models.sourceShares();
        StoredSources storedSources = sources == null
                ? null
                : new StoredSources(sources.column(), sources.names(), arrays.write("source-shares", sources.shares()));
        return new ModelJson(
                FORMAT,
                VERSION,
                NO_CHECKSUM,
                model.origin(),
                Input.of(model.form()),
                model.model().labels(),
                parts.maps(),
                routed,
                rivals,
                storedOracle,
                models.sources(),
                models.blockSources(),
                storedSources,
                arrays.written());
    }

    /**
     * The model again.
     *
     * @throws IllegalArgumentException naming what does not fit
     */
    SavedModel model(ModelArrays.Reader matrices, Path folder) {
        EncodingValidator.check(input.encoding());
        Targets targets = labels instanceof LabelSpace.Reals reals
                ? new RealTargets(new double[0], reals.mean(), reals.scale())
                : new ClassTargets(new int[0], ((LabelSpace.Classes) labels).names());
        int features = input.encoding().featureNames().size();
        ComponentReader parts = new ComponentReader(matrices, maps, Loss.forTargets(targets), features);
        RoutedModel routed = parts.model(labels, model);
        Map<String, RoutedModel> others = new LinkedHashMap<>();
        rivals.forEach((name, rival) -> others.put(name, parts.model(labels, rival)));
        InputSchema form = input.form(targets, folder);
        ModelSet set = new ModelSet(
                routed,
                others,
                oracle == null ? null : parts.model(labels, oracle),
                sources,
                blockSources,
                sourceShares == null
                        ? null
                        : new SourceShares(
                                sourceShares.column(),
                                sourceShares.names(),
                                matrices.read(
                                        sourceShares.shares(),
                                        sourceShares.names().size(),
                                        routed.blocks())));
        return new SavedModel(form, set, origin);
    }

    /** How the training data was read, see {@link InputSchema}. */
    record Input(
            String label,
            List<String> features,
            @JsonSetter(nulls = Nulls.SET) @Nullable String id,
            @JsonSetter(nulls = Nulls.SET) @Nullable String weight,

            @JsonInclude(JsonInclude.Include.NON_NULL) @JsonSetter(nulls = Nulls.SET) @Nullable
            String group,

            ReadSettings.Header header,
            StoredCells cells,

            @JsonInclude(JsonInclude.Include.NON_NULL) @JsonSetter(nulls = Nulls.SET) @Nullable
            StoredEmbedding embedding,

            FeatureEncoding encoding) {
        static Input of(InputSchema form) {
            CellForms cells = form.cells();
            return new Input(
                    form.label(),
                    form.featureColumns(),
                    form.id(),
                    form.weight(),
                    form.group(),
                    form.header(),
                    new StoredCells(cells.decimalCommas(), cells.dates(), cells.keepLabelMarkers()),
                    StoredEmbedding.of(form.embedding()),
                    form.encoding());
        }

        InputSchema form(Targets targets, Path folder) {
            return new InputSchema(
                    encoding,
                    targets,
                    label,
                    features,
                    id,
                    weight,
                    group,
                    header,
                    new CellForms(cells.decimalCommas(), cells.dates(), cells.keepLabelMarkers()),
                    embedding == null ? null : embedding.in(folder));
        }
    }

    /** An {@link Embedding}; its network lies in the same folder. */
    record StoredEmbedding(String sha256, String output, List<Integer> shape, AxisOrder order, double divisor) {
        static @Nullable StoredEmbedding of(@Nullable Embedding embedding) {
            return embedding == null
                    ? null
                    : new StoredEmbedding(
                            embedding.sha256(),
                            embedding.output(),
                            embedding.shape(),
                            embedding.order(),
                            embedding.divisor());
        }

        Embedding in(Path folder) {
            ComponentReader.require(
                    divisor > 0 && Double.isFinite(divisor), "the network's entries are divided by " + divisor);
            for (int length : shape) {
                ComponentReader.require(length >= 1, "an example has an axis of " + length + " entries");
            }
            ComponentReader.require(
                    order == AxisOrder.SAME || shape.size() == 3, "the order " + order + " is for three axes");
            Path network = folder.resolve(RunDirectory.NETWORK);
            if (!Files.isRegularFile(network)) {
                throw new InvalidInputException(network + " is missing: the model is not whole; copy its whole folder");
            }
            if (!SourceContent.of(List.of(network)).files().get(0).sha256().equals(sha256)) {
                throw new InvalidInputException(
                        network + " was changed after the model was written; get the original, or train again");
            }
            return new Embedding(network, sha256, output, shape, order, divisor);
        }
    }

    /** A {@link CellForms}. */
    record StoredCells(List<String> decimalCommas, Map<String, DateOrder> dates, boolean keepLabelMarkers) {}

    /** A {@link dev.assay.predict.SourceShares}. */
    record StoredSources(String column, List<String> names, String shares) {}

    /** A {@link dev.assay.predict.RoutedModel}. */
    record StoredRouted(
            List<ExpertCodec.StoredExpert> experts, RouterCodec.StoredRouter router, double unexplainedShare) {}

    /**
     * A matrix in a .npy file of the same folder.
     *
     * @param sha256 of the whole file
     */
    record StoredArray(String file, int rows, int columns, String sha256) {}
}
