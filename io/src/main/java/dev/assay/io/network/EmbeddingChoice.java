package dev.assay.io.network;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * That a network is to make the features, as it is asked for.
 *
 * @param network its file
 * @param output which of its outputs, or null for the last one with one row of numbers for each example
 * @param divisor by which entries are divided before the network sees them; null for 255 of images of bytes and 1 of all else
 */
public record EmbeddingChoice(
        Path network, @Nullable String output, @Nullable Double divisor) {}
