package dev.assay.spark;

import dev.assay.data.InvalidInputException;
import java.util.Arrays;
import java.util.stream.Stream;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * The columns that are read.
 *
 * @param features of vectors
 * @param label of texts or numbers
 * @param weight or null
 * @param isText whether labels are texts
 */
record Columns(String features, String label, @Nullable String weight, boolean isText) {
    /**
     * Those that parameters name.
     *
     * @throws InvalidInputException if one is missing or of another type
     */
    static Columns of(StructType schema, AssayParams<?> params) {
        String features = features(schema, params);
        String label = params.getOrDefault(params.labelCol());
        DataType type = type(schema, label, "labelCol");
        boolean text = type.equals(DataTypes.StringType);
        boolean regression = params.getOrDefault(params.task()).equals(AssayParams.REGRESSION);
        if (!(type instanceof NumericType) && (regression || !text)) {
            throw new InvalidInputException("column '" + label + "' is of type " + type.simpleString() + ", expected "
                    + (regression ? "numbers to be predicted" : "texts or numbers as classes") + ": set labelCol");
        }
        String weight = params.weightColumn();
        if (weight != null && !(type(schema, weight, "weightCol") instanceof NumericType)) {
            throw new InvalidInputException("column '" + weight + "' is of type "
                    + type(schema, weight, "weightCol").simpleString() + ", expected weights: set weightCol");
        }
        return new Columns(features, label, weight, text);
    }

    /** The column of vectors alone. */
    static String features(StructType schema, AssayParams<?> params) {
        String features = params.getOrDefault(params.featuresCol());
        DataType type = type(schema, features, "featuresCol");
        if (!type.equals(SQLDataTypes.VectorType())) {
            throw new InvalidInputException("column '" + features + "' is of type " + type.simpleString()
                    + ", expected vectors: make them with VectorAssembler, or set featuresCol");
        }
        return features;
    }

    private static DataType type(StructType schema, String name, String param) {
        if (!Arrays.asList(schema.fieldNames()).contains(name)) {
            throw new InvalidInputException("there is no column '" + name + "', the rows have "
                    + String.join(", ", schema.fieldNames()) + ": set " + param);
        }
        return schema.apply(name).dataType();
    }

    /** A schema with further columns. */
    static StructType with(StructType schema, StructField... further) {
        StructType result = schema;
        for (StructField field : further) {
            if (Arrays.asList(schema.fieldNames()).contains(field.name())) {
                throw new InvalidInputException("the rows have a column '" + field.name()
                        + "' already, which is to hold what is found: rename it");
            }
            result = result.add(field);
        }
        return result;
    }

    Column[] names() {
        return Stream.of(features, label, weight)
                .filter(name -> name != null)
                .map(name -> functions.col("`" + name + "`"))
                .toArray(Column[]::new);
    }
}
