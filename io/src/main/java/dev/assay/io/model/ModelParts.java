package dev.assay.io.model;

import dev.assay.learn.Expert;
import dev.assay.learn.FeatureMap;
import dev.assay.learn.IdentityMap;
import dev.assay.learn.LinearExpert;
import dev.assay.learn.PrincipalMap;
import dev.assay.learn.RadialMap;
import dev.assay.linalg.Matrix;
import dev.assay.model.LinearModel;
import dev.assay.model.Loss;
import dev.assay.predict.LabelSpace;
import dev.assay.predict.RoutedModel;
import dev.assay.route.AdaptiveClusteringRouter;
import dev.assay.route.CentroidRouter;
import dev.assay.route.NearestRouter;
import dev.assay.route.PriorRouter;
import dev.assay.route.Router;
import dev.assay.route.SoftmaxRouter;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;

/** Experts and routers, to and from what a model folder stores. */
final class ModelParts {
    private ModelParts() {}

    /** Turns parts into stored values; a map that several parts share is stored once. */
    static final class Writer {
        private final ModelArrays.Writer arrays;
        private final List<StoredModel.StoredMap> maps = new ArrayList<>();
        private final IdentityHashMap<FeatureMap, Integer> known = new IdentityHashMap<>();

        Writer(ModelArrays.Writer arrays) {
            this.arrays = arrays;
        }

        List<StoredModel.StoredMap> maps() {
            return maps;
        }

        /** A model; the names of its matrices begin with the given one. */
        StoredModel.StoredRouted model(String name, RoutedModel model) {
            List<StoredModel.StoredExpert> experts = new ArrayList<>();
            for (Expert expert : model.experts()) {
                experts.add(expert(name + "expert" + (experts.size() + 1), (LinearExpert) expert));
            }
            return new StoredModel.StoredRouted(
                    experts, router(name + "router", model.router()), model.unexplainedShare());
        }

        private StoredModel.StoredExpert expert(String name, LinearExpert expert) {
            LinearModel model = expert.model();
            return new StoredModel.StoredExpert(
                    map(expert.map()),
                    arrays.write(name + "-theta", model.parameters()),
                    expert.scale(),
                    Double.isNaN(expert.deviation()) ? null : expert.deviation(),
                    expert.ridge());
        }

        private int map(FeatureMap map) {
            // identity maps are told apart by nothing
            for (int index = 0; index < maps.size(); index++) {
                if (map instanceof IdentityMap && maps.get(index) instanceof StoredModel.StoredMap.Identity) {
                    return index;
                }
            }
            Integer index = known.get(map);
            if (index != null) {
                return index;
            }
            maps.add(stored("map" + (maps.size() + 1), map));
            known.put(map, maps.size() - 1);
            return maps.size() - 1;
        }

        private StoredModel.StoredMap stored(String name, FeatureMap map) {
            if (map instanceof IdentityMap identity) {
                return new StoredModel.StoredMap.Identity(identity.inputDimension());
            }
            if (map instanceof PrincipalMap principal) {
                return new StoredModel.StoredMap.Principal(arrays.write(name + "-directions", principal.directions()));
            }
            RadialMap radial = (RadialMap) map;
            return new StoredModel.StoredMap.Radial(
                    arrays.write(name + "-landmarks", radial.landmarks()),
                    radial.width(),
                    arrays.write(name + "-means", row(radial.columnMeans())),
                    radial.overallMean(),
                    arrays.write(name + "-projection", radial.projection()));
        }

        private StoredModel.StoredRouter router(String name, Router router) {
            if (router instanceof PriorRouter prior) {
                return new StoredModel.StoredRouter.Prior(prior.shares());
            }
            if (router instanceof SoftmaxRouter softmax) {
                return new StoredModel.StoredRouter.Softmax(
                        map(softmax.map()), softmax.shares(), arrays.write(name + "-weights", softmax.weights()));
            }
            if (router instanceof CentroidRouter centroid) {
                return new StoredModel.StoredRouter.Centroid(
                        arrays.write(name + "-centre", row(centroid.centre())),
                        arrays.write(name + "-means", centroid.means()),
                        centroid.shares(),
                        centroid.offsets(),
                        centroid.sharpness());
            }
            if (router instanceof AdaptiveClusteringRouter adaptive) {
                return new StoredModel.StoredRouter.AdaptiveClustering(
                        arrays.write(name + "-means", adaptive.means()),
                        arrays.write(name + "-scales", adaptive.scales()),
                        adaptive.shares(),
                        adaptive.offsets(),
                        adaptive.sharpness(),
                        adaptive.perCandidate());
            }
            NearestRouter nearest = (NearestRouter) router;
            return new StoredModel.StoredRouter.Nearest(
                    arrays.write(name + "-landmarks", nearest.landmarks()),
                    arrays.write(name + "-masses", nearest.masses()),
                    nearest.shares(),
                    nearest.neighbours(),
                    nearest.smoothing());
        }

        private static Matrix row(double[] values) {
            return new Matrix(1, values.length, values);
        }
    }

    /** Turns stored values into parts. What does not fit is an IllegalArgumentException, or a message on an array. */
    static final class Reader {
        private final ModelArrays.Reader arrays;
        private final List<FeatureMap> maps = new ArrayList<>();
        private final Loss loss;
        private final int features;

        /**
         * Reads the maps.
         *
         * @param features d, the bias included
         */
        Reader(ModelArrays.Reader arrays, List<StoredModel.StoredMap> stored, Loss loss, int features) {
            this.arrays = arrays;
            this.loss = loss;
            this.features = features;
            stored.forEach(map -> maps.add(map(map)));
        }

        private FeatureMap map(StoredModel.StoredMap stored) {
            if (stored instanceof StoredModel.StoredMap.Identity identity) {
                require(
                        identity.features() == features,
                        "a map takes " + identity.features() + " features, expected " + features);
                return new IdentityMap(features);
            }
            if (stored instanceof StoredModel.StoredMap.Principal principal) {
                return new PrincipalMap(arrays.read(principal.directions(), features));
            }
            StoredModel.StoredMap.Radial radial = (StoredModel.StoredMap.Radial) stored;
            require(
                    radial.width() > 0 && Double.isFinite(radial.width()) && Double.isFinite(radial.overallMean()),
                    "a radial map has width " + radial.width() + " and mean " + radial.overallMean()
                            + ", expected finite numbers and a width above 0");
            Matrix landmarks = arrays.read(radial.landmarks(), features);
            int count = landmarks.rows();
            return new RadialMap(
                    landmarks,
                    radial.width(),
                    arrays.read(radial.columnMeans(), 1, count).values(),
                    radial.overallMean(),
                    arrays.read(radial.projection(), count));
        }

        private FeatureMap map(int index) {
            require(index >= 0 && index < maps.size(), "there is no map " + index + ", only " + maps.size());
            return maps.get(index);
        }

        /** A model that predicts these labels. */
        RoutedModel model(LabelSpace labels, StoredModel.StoredRouted stored) {
            return new RoutedModel(
                    labels,
                    stored.experts().stream().map(this::expert).toList(),
                    router(stored.router()),
                    stored.unexplainedShare());
        }

        private Expert expert(StoredModel.StoredExpert stored) {
            Double deviation = stored.deviation();
            boolean numbers = loss.outputCount() == 1;
            require(
                    numbers ? deviation != null && deviation > 0 && Double.isFinite(deviation) : deviation == null,
                    "an expert has the standard deviation " + deviation + ", expected "
                            + (numbers ? "a finite number above 0" : "none, as classes are predicted"));
            require(
                    stored.ridge() >= 0 && Double.isFinite(stored.ridge()),
                    "an expert has the ridge " + stored.ridge() + ", expected a finite number of at least 0");
            FeatureMap map = map(stored.map());
            Matrix theta = arrays.read(stored.theta(), loss.logits(), map.outputDimension());
            return new LinearExpert(
                    map,
                    new LinearModel(loss, theta.columns(), theta.values()),
                    stored.scale(),
                    deviation == null ? Double.NaN : deviation,
                    stored.ridge());
        }

        private Router router(StoredModel.StoredRouter stored) {
            if (stored instanceof StoredModel.StoredRouter.Prior prior) {
                return new PriorRouter(prior.shares(), features);
            }
            if (stored instanceof StoredModel.StoredRouter.Softmax softmax) {
                FeatureMap map = map(softmax.map());
                return new SoftmaxRouter(
                        map,
                        softmax.shares(),
                        arrays.read(softmax.weights(), softmax.shares().length, map.outputDimension()));
            }
            if (stored instanceof StoredModel.StoredRouter.Centroid centroid) {
                return new CentroidRouter(
                        arrays.read(centroid.centre(), 1, features).values(),
                        arrays.read(centroid.means(), centroid.shares().length, features),
                        centroid.shares(),
                        offsets(centroid.offsets(), centroid.shares().length),
                        centroid.sharpness());
            }
            if (stored instanceof StoredModel.StoredRouter.AdaptiveClustering adaptive) {
                Matrix scales = arrays.read(adaptive.scales(), adaptive.shares().length, features);
                for (double scale : scales.values()) {
                    require(scale >= 0, "the router has a scale of " + scale + ", expected at least 0");
                }
                return new AdaptiveClusteringRouter(
                        arrays.read(adaptive.means(), adaptive.shares().length, features),
                        scales,
                        adaptive.shares(),
                        offsets(adaptive.offsets(), adaptive.shares().length),
                        adaptive.sharpness(),
                        adaptive.perCandidate());
            }
            StoredModel.StoredRouter.Nearest nearest = (StoredModel.StoredRouter.Nearest) stored;
            Matrix landmarks = arrays.read(nearest.landmarks(), features);
            Matrix masses = arrays.read(nearest.masses(), landmarks.rows(), nearest.shares().length);
            for (double mass : masses.values()) {
                require(mass >= 0, "the router has a mass of " + mass + ", expected at least 0");
            }
            return new NearestRouter(landmarks, masses, nearest.shares(), nearest.neighbours(), nearest.smoothing());
        }

        private static double[] offsets(double[] offsets, int blocks) {
            require(
                    offsets.length == blocks,
                    "the router has " + offsets.length + " offsets for " + blocks + " blocks");
            for (double offset : offsets) {
                require(
                        Double.isFinite(offset),
                        "the router has an offset of " + offset + ", expected a finite number");
            }
            return offsets;
        }

        private static void require(boolean satisfied, String problem) {
            if (!satisfied) {
                throw new IllegalArgumentException(problem);
            }
        }
    }
}
