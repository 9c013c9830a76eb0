package dev.assay.tribuo;

import dev.assay.data.Column;
import dev.assay.data.Table;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;
import org.tribuo.Example;
import org.tribuo.Feature;
import org.tribuo.ImmutableFeatureMap;
import org.tribuo.Output;
import org.tribuo.VariableIDInfo;

/**
 * The features of examples as columns of numbers, one for each feature of a domain, in the order of its numbers. A feature that an example
 * does not name is 0, as everywhere in Tribuo.
 *
 * @param names of the features
 * @param domain what number each of them has
 */
record FeatureColumns(List<String> names, ImmutableFeatureMap domain) {
    /** The columns of a domain. */
    static FeatureColumns of(ImmutableFeatureMap domain) {
        return new FeatureColumns(
                IntStream.range(0, domain.size())
                        .mapToObj(id -> domain.get(id).getName())
                        .toList(),
                domain);
    }

    /** n rows of one column for each feature; features out of the domain are not looked at. */
    <T extends Output<T>> Table table(List<Example<T>> examples) {
        double[][] values = new double[names.size()][examples.size()];
        for (int row = 0; row < examples.size(); row++) {
            for (Feature feature : examples.get(row)) {
                VariableIDInfo known = domain.get(feature.getName());
                if (known != null) {
                    values[known.getID()][row] = feature.getValue();
                }
            }
        }
        List<Column> columns = new ArrayList<>();
        for (int id = 0; id < values.length; id++) {
            columns.add(new Column.Numbers(names.get(id), values[id], new BitSet()));
        }
        return new Table(columns, IntStream.range(0, examples.size()).toArray());
    }

    /** How many features of an example are in the domain. */
    int known(Example<?> example) {
        int count = 0;
        for (Feature feature : example) {
            count += domain.get(feature.getName()) == null ? 0 : 1;
        }
        return count;
    }
}
