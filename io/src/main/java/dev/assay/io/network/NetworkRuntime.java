package dev.assay.io.network;

import dev.assay.data.InvalidInputException;
import java.nio.file.Path;
import java.util.List;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/** What runs networks: the module {@code assay-embed}, found by META-INF/services where it is on the class path. */
public interface NetworkRuntime {

    /**
     * Opens a network.
     *
     * @param output which of its outputs is wanted, or null for the last one with one row of numbers for each example
     * @throws InvalidInputException with one clear line if it is no network, or has no such output
     */
    Network open(Path file, @Nullable String output);

    /** A network that is ready to be asked. */
    interface Network extends AutoCloseable {
        /** The name of the output that is given. */
        String output();

        /** The shape of its input, the batch first; an axis of any length is -1. */
        List<Long> inputShape();

        /**
         * Runs it; the same numbers for the same examples, whatever else there is in the batch.
         *
         * @param values the batch, example by example
         * @param shape its shape, the batch first
         * @return one row for each example
         * @throws InvalidInputException with one clear line if it fails or gives anything else
         */
        float[][] run(float[] values, long[] shape);

        @Override
        void close();
    }

    /**
     * The one that is there.
     *
     * @throws InvalidInputException saying what to do, if there is none
     */
    static NetworkRuntime find() {
        return ServiceLoader.load(NetworkRuntime.class)
                .findFirst()
                .orElseThrow(() -> new InvalidInputException(
                        "networks are run by ONNX Runtime, which is not on the class path: ./assay adds it where"
                                + " --embed, or a folder whose model has a network, is named; a program adds"
                                + " dev.assay:assay-embed"));
    }
}
