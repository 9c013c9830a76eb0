package dev.assay.io.result;

import java.util.List;
import java.util.function.Consumer;

/** A table of results that comes in blocks of rows, in their order. */
@FunctionalInterface
public interface ResultBlocks {
    /**
     * Makes the blocks and hands each on before the next is made.
     *
     * @param consumer takes columns of one length; the columns of all blocks have the same names and kinds
     */
    void forEach(Consumer<List<ResultColumn>> consumer);

    /** All rows in one block. */
    static ResultBlocks of(List<ResultColumn> columns) {
        return consumer -> consumer.accept(columns);
    }
}
