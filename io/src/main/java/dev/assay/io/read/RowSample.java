package dev.assay.io.read;

import java.util.BitSet;
import java.util.Map;

/**
 * Which rows of a file are learned from where it has more than that takes, see {@link RowSampler}.
 *
 * @param records the 0-based records that were drawn, all of them with a label
 * @param labelled how many rows have a label in all
 * @param unlabelled how many have none
 * @param markers the words that stood for a missing label, and in how many rows
 * @param labels the texts of the labels and how many rows have each, of all rows; only the first {@value RowSampler#MOST_LABELS}
 *     different ones
 */
public record RowSample(
        BitSet records, int labelled, int unlabelled, Map<String, Integer> markers, Map<String, Integer> labels) {}
