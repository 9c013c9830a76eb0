package dev.assay.job;

import dev.assay.data.Dataset;
import dev.assay.data.InvalidInputException;
import java.util.List;

/** What is known of the blocks of rows that are to be predicted, beside their features. */
public sealed interface KnownBlocks {
    /** Nothing: the router alone decides. */
    record Nothing() implements KnownBlocks {}

    /**
     * All rows are of one block.
     *
     * @param block its number, from 1
     */
    record OneBlock(int block) implements KnownBlocks {
        /**
         * Checks the number.
         *
         * @throws InvalidInputException if it is below 1
         */
        public OneBlock {
            if (block < 1) {
                throw new InvalidInputException("block is " + block + ", expected at least 1");
            }
        }
    }

    /**
     * A column says for each row its block, or the source that it comes from; rows that say nothing are routed.
     *
     * @param column what it is called
     * @param cells what stands in it
     * @param named whether the user named it; otherwise it is the column that the model knows
     */
    record ByColumn(String column, List<String> cells, boolean named) implements KnownBlocks {
        /** Copies the list. */
        public ByColumn {
            cells = List.copyOf(cells);
        }
    }

    /**
     * The rows are of one unknown source, of which some rows are labelled.
     *
     * @param rows these, encoded like the training data
     */
    record Context(Dataset rows) implements KnownBlocks {}

    /** The blocks may have other shares than in training: the rows themselves tell which. */
    record OtherShares() implements KnownBlocks {}
}
