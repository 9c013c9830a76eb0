package dev.assay.engine;

import dev.assay.data.Dataset;
import dev.assay.linalg.Matrix;
import java.util.List;

/** Numbers that are worked out for each row by itself, given what is known of all rows together. */
public interface RowScores {
    /** What the columns of {@link #of} are called. */
    List<String> names();

    /** Of each row of a block, rows x columns. */
    Matrix of(Dataset block);
}
