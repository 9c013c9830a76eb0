package dev.assay.job;

import dev.assay.data.Dataset;
import dev.assay.data.InvalidInputException;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

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
     * @param values the different texts in it, of all rows where these are a block of more; blank ones aside
     * @param first the number of the first of these rows among all, from 0
     */
    record ByColumn(String column, List<String> cells, boolean named, Set<String> values, int first)
            implements KnownBlocks {
        /** Copies the list and the set. */
        public ByColumn {
            cells = List.copyOf(cells);
            values = Set.copyOf(values);
        }

        /** For all rows. */
        public ByColumn(String column, List<String> cells, boolean named) {
            this(column, cells, named, values(cells), 0);
        }

        /** The different texts of some cells, spaces around them and blank ones aside. */
        public static Set<String> values(List<String> cells) {
            return cells.stream()
                    .map(String::strip)
                    .filter(cell -> !cell.isEmpty())
                    .collect(Collectors.toSet());
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
