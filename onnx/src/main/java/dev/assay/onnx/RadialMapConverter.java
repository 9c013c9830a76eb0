package dev.assay.onnx;

import dev.assay.learn.RadialMap;
import dev.assay.linalg.Matrix;
import dev.assay.onnx.graph.Graph;
import dev.assay.onnx.graph.Value;

/**
 * Radial functions k of the landmarks. The centring is part of the matrix and the offsets after them, k being of 64 bits: component
 * c is sum_j k_j (p_cj - mean of p_c) - sum_j (columnMean_j - overallMean) p_cj.
 */
final class RadialMapConverter extends MapConverter<RadialMap> {
    RadialMapConverter() {
        super(RadialMap.class);
    }

    @Override
    protected Value convert(RadialMap map, Parts parts) {
        Graph graph = parts.graph();
        Value x = parts.features();
        Matrix landmarks = map.landmarks();
        Value squares = SquaredNorms.ofRows(x)
                .plus(graph.row(SquaredNorms.ofRows(landmarks)))
                .minus(x.timesTransposed(landmarks).times(graph.number(2)))
                .atLeast(0);
        Value kernel = squares.over(graph.number(-map.width())).exponential();
        Matrix projection = map.projection();
        int m = projection.columns();
        Matrix centred = projection.copy();
        double[] offsets = new double[projection.rows()];
        for (int c = 0; c < offsets.length; c++) {
            double sum = 0;
            for (int j = 0; j < m; j++) {
                sum += projection.get(c, j);
                offsets[c] -= (map.columnMeans()[j] - map.overallMean()) * projection.get(c, j);
            }
            for (int j = 0; j < m; j++) {
                centred.set(c, j, projection.get(c, j) - sum / m);
            }
        }
        return kernel.timesTransposed(centred).plus(graph.row(offsets)).withOnes();
    }
}
