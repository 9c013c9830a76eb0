package dev.assay.io.model;

import dev.assay.data.FeatureEncoding;
import dev.assay.io.cell.CellForms;
import dev.assay.io.cell.DateOrder;
import dev.assay.io.read.DataForm;
import dev.assay.io.read.ReadSettings;
import dev.assay.predict.LabelSpace;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The content of model.json: plain values; matrices by the name of their entry in {@code arrays}. A change of its meaning
 * needs another {@link #VERSION}.
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
record StoredModel(
        String format,
        int version,
        String checksum,
        Map<String, String> origin,
        Input input,
        LabelSpace labels,
        List<StoredMap> maps,
        StoredRouted model,
        Map<String, StoredRouted> rivals,
        @Nullable StoredRouted oracle,
        List<String> sources,
        List<String> blockSources,
        @Nullable StoredSources sourceShares,
        Map<String, StoredArray> arrays) {
    static final String FORMAT = "assay model";
    static final int VERSION = 3;
    /** What stands for the checksum while it is being computed. */
    static final String NO_CHECKSUM = "0".repeat(64);

    /** Nothing may be left out. */
    StoredModel {
        origin = copy(origin, "origin");
        present(input, "input");
        present(labels, "labels");
        maps = List.copyOf(present(maps, "maps"));
        present(model, "model");
        sources = List.copyOf(present(sources, "sources"));
        rivals = copy(rivals, "rivals");
        blockSources = List.copyOf(present(blockSources, "blockSources"));
        arrays = copy(arrays, "arrays");
    }

    /** How the training data was read, see {@link DataForm}. */
    record Input(
            String label,
            List<String> features,
            @Nullable String id,
            @Nullable String weight,
            ReadSettings.Header header,
            StoredCells cells,
            FeatureEncoding encoding) {
        Input {
            present(label, "label");
            features = List.copyOf(present(features, "features"));
            present(header, "header");
            present(cells, "cells");
            present(encoding, "encoding");
        }
    }

    /** A {@link CellForms}. */
    record StoredCells(List<String> decimalCommas, Map<String, DateOrder> dates, boolean keepLabelMarkers) {
        StoredCells {
            decimalCommas = List.copyOf(present(decimalCommas, "decimalCommas"));
            dates = copy(dates, "dates");
        }
    }

    /** A {@link dev.assay.predict.SourceShares}. */
    record StoredSources(String column, List<String> names, String shares) {
        StoredSources {
            present(column, "column");
            names = List.copyOf(present(names, "names"));
            present(shares, "shares");
        }
    }

    /** A {@link dev.assay.predict.RoutedModel}. */
    record StoredRouted(List<StoredExpert> experts, StoredRouter router, double unexplainedShare) {
        StoredRouted {
            experts = List.copyOf(present(experts, "experts"));
            present(router, "router");
        }
    }

    /** A {@link dev.assay.learn.FeatureMap}. */
    sealed interface StoredMap {
        /** Features as they are. */
        record Identity(int features) implements StoredMap {}

        /** Principal directions. */
        record Principal(String directions) implements StoredMap {
            /** Nothing may be left out. */
            public Principal {
                present(directions, "directions");
            }
        }

        /** Radial functions. */
        record Radial(String landmarks, double width, String columnMeans, double overallMean, String projection)
                implements StoredMap {
            /** Nothing may be left out. */
            public Radial {
                present(landmarks, "landmarks");
                present(columnMeans, "columnMeans");
                present(projection, "projection");
            }
        }
    }

    /** An {@link dev.assay.learn.Expert}; without a deviation where classes are predicted. */
    record StoredExpert(
            int map, String theta, double scale, @Nullable Double deviation, double ridge) {
        /** Nothing may be left out. */
        StoredExpert {
            present(theta, "theta");
        }
    }

    /** A {@link dev.assay.route.Router}. */
    sealed interface StoredRouter {
        /** Shares alone. */
        record Prior(double[] shares) implements StoredRouter {
            /** Nothing may be left out. */
            public Prior {
                present(shares, "shares");
            }
        }

        /** Softmax regression. */
        record Softmax(int map, double[] shares, String weights) implements StoredRouter {
            /** Nothing may be left out. */
            public Softmax {
                present(shares, "shares");
                present(weights, "weights");
            }
        }

        /** Angles to means. */
        record Centroid(String centre, String means, double[] shares, double[] offsets, double sharpness)
                implements StoredRouter {
            /** Nothing may be left out. */
            public Centroid {
                present(centre, "centre");
                present(means, "means");
                present(shares, "shares");
                present(offsets, "offsets");
            }
        }

        /** Scaled distances to means. */
        record AdaptiveClustering(
                String means, String scales, double[] shares, double[] offsets, double sharpness, boolean perCandidate)
                implements StoredRouter {
            /** Nothing may be left out. */
            public AdaptiveClustering {
                present(means, "means");
                present(scales, "scales");
                present(shares, "shares");
                present(offsets, "offsets");
            }
        }

        /** Stored examples. */
        record Nearest(String landmarks, String masses, double[] shares, double neighbours, double smoothing)
                implements StoredRouter {
            /** Nothing may be left out. */
            public Nearest {
                present(landmarks, "landmarks");
                present(masses, "masses");
                present(shares, "shares");
            }
        }
    }

    /**
     * A matrix in a .npy file of the same folder.
     *
     * @param sha256 of the whole file
     */
    record StoredArray(String file, int rows, int columns, String sha256) {
        StoredArray {
            present(file, "file");
            present(sha256, "sha256");
        }
    }

    private static <T> T present(@Nullable T value, String name) {
        return Objects.requireNonNull(value, name + " is missing");
    }

    private static <V> Map<String, V> copy(@Nullable Map<String, V> map, String name) {
        Map<String, V> result = new LinkedHashMap<>(present(map, name));
        result.forEach((key, value) -> present(value, name + "." + key));
        return result;
    }
}
