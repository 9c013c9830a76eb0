package dev.assay.bench.rival;

import dev.assay.predict.Predictor;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What a method made of its training data.
 *
 * @param blocks the block of each training row, from 1, the largest block first; 0 for rows that were taken out
 * @param experts the model of each block, block k at index k - 1
 * @param whole prediction of a row of which nothing but its features is known
 * @param verdict what the method says of the data, empty for methods that say nothing
 */
public record Trained(int[] blocks, List<Predictor> experts, Predictor whole, String verdict) {
    /** Copies the list. */
    public Trained {
        experts = List.copyOf(experts);
    }

    /** One model, trained on the rows that are kept. */
    static Trained ofOne(boolean[] kept, Predictor model) {
        int[] blocks = IntStream.range(0, kept.length).map(i -> kept[i] ? 1 : 0).toArray();
        return new Trained(blocks, List.of(model), model, "");
    }

    /** Several models, the blocks counted from 0 and in any order. */
    static Trained ofSeveral(int[] blocks, List<Predictor> experts, Predictor whole) {
        int[] sizes = new int[experts.size()];
        for (int block : blocks) {
            sizes[block]++;
        }
        int[] order = IntStream.range(0, sizes.length)
                .boxed()
                .sorted((a, b) -> sizes[b] == sizes[a] ? Integer.compare(a, b) : Integer.compare(sizes[b], sizes[a]))
                .mapToInt(Integer::intValue)
                .toArray();
        int[] place = new int[sizes.length];
        for (int k = 0; k < order.length; k++) {
            place[order[k]] = k + 1;
        }
        return new Trained(
                Arrays.stream(blocks).map(block -> place[block]).toArray(),
                Arrays.stream(order).mapToObj(experts::get).toList(),
                whole,
                "");
    }
}
