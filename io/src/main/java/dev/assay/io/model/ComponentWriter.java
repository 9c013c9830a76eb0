package dev.assay.io.model;

import dev.assay.learn.Expert;
import dev.assay.learn.FeatureMap;
import dev.assay.learn.IdentityMap;
import dev.assay.linalg.Matrix;
import dev.assay.predict.RoutedModel;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/** Where the codecs write to; a map that several parts share is stored once. */
public final class ComponentWriter {
    private final ModelArrays.Writer arrays;
    private final List<MapCodec.StoredMap> maps;
    private final Map<Object, Integer> known;
    private final String part;

    ComponentWriter(ModelArrays.Writer arrays) {
        this(arrays, new ArrayList<>(), new IdentityHashMap<>(), "");
    }

    private ComponentWriter(
            ModelArrays.Writer arrays, List<MapCodec.StoredMap> maps, Map<Object, Integer> known, String part) {
        this.arrays = arrays;
        this.maps = maps;
        this.known = known;
        this.part = part;
    }

    /**
     * Writes a matrix of the part into a file of its own.
     *
     * @param name what it is: small letters, digits and dashes; no other matrix of the part has the same
     * @return by what {@link ComponentReader#matrix} finds it
     */
    public String matrix(String name, Matrix matrix) {
        return arrays.write(part + "-" + name, matrix);
    }

    /** The same for a matrix of one row. */
    public String row(String name, double[] values) {
        return matrix(name, new Matrix(1, values.length, values));
    }

    /** The position of a map among those of the model; it is stored if it has none yet. */
    public int map(FeatureMap map) {
        // identity maps are told apart by nothing
        Object key = map instanceof IdentityMap ? IdentityMap.class : map;
        Integer position = known.get(key);
        if (position == null) {
            position = maps.size();
            maps.add(Codecs.MAPS.write(map, to("map" + (position + 1))));
            known.put(key, position);
        }
        return position;
    }

    /** The plain values of an expert that the part is made of; it writes no matrix of its own then. */
    public ExpertCodec.StoredExpert expert(Expert of) {
        return Codecs.EXPERTS.write(of, this);
    }

    /**
     * The same where it is one of several.
     *
     * @param name what the names of its matrices begin with, after the part's: small letters, digits and dashes
     */
    public ExpertCodec.StoredExpert expert(String name, Expert of) {
        return Codecs.EXPERTS.write(of, to(part + "-" + name));
    }

    List<MapCodec.StoredMap> maps() {
        return maps;
    }

    /** A model; the names of its matrices begin with the given one. */
    ModelJson.StoredRouted model(String name, RoutedModel model) {
        List<ExpertCodec.StoredExpert> experts = new ArrayList<>();
        for (Expert expert : model.experts()) {
            experts.add(Codecs.EXPERTS.write(expert, to(name + "expert" + (experts.size() + 1))));
        }
        return new ModelJson.StoredRouted(
                experts, Codecs.ROUTERS.write(model.router(), to(name + "router")), model.unexplainedShare());
    }

    private ComponentWriter to(String name) {
        return new ComponentWriter(arrays, maps, known, name);
    }
}
