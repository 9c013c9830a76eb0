package dev.assay.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.linalg.Matrix;
import dev.assay.work.Workers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ContentOrderTest {
    private static final int PARTS = 5;

    private final Workers workers = Workers.of(2);

    @AfterEach
    void close() {
        workers.close();
    }

    /** 300 rows, of which the last 90 repeat one of the first 60, every third with the other label. */
    private static Dataset withCopies() {
        Random random = new Random(4);
        Matrix x = new Matrix(300, 3);
        int[] codes = new int[300];
        for (int i = 0; i < 300; i++) {
            int original = i < 210 ? i : i % 60;
            for (int j = 0; j < 2; j++) {
                x.set(i, j, i < 210 ? random.nextGaussian() : x.get(original, j));
            }
            x.set(i, 2, 1);
            codes[i] =
                    i < 210 ? (random.nextDouble() < 0.3 ? 1 : 0) : i % 3 == 0 ? 1 - codes[original] : codes[original];
        }
        return Dataset.of(x, new ClassTargets(codes, List.of("no", "yes")));
    }

    private int[] parts(Dataset data) {
        return ContentOrder.of(data, workers).assign(PARTS, 1);
    }

    private static List<Double> features(Dataset data, int row) {
        return List.of(data.features().get(row, 0), data.features().get(row, 1));
    }

    @Test
    void copiesAreNeverOnBothSidesWhateverTheirLabels() {
        Dataset data = withCopies();
        int[] parts = parts(data);
        Map<List<Double>, Integer> partOf = new HashMap<>();
        for (int i = 0; i < data.size(); i++) {
            Integer earlier = partOf.putIfAbsent(features(data, i), parts[i]);
            assertThat(earlier).isIn(null, parts[i]);
        }
        assertThat(partOf).hasSize(210);
    }

    @Test
    void partsWithCopiesAreOfEqualSizeAndClassesAreSpread() {
        Dataset data = withCopies();
        int[] parts = parts(data);
        int[] codes = ((ClassTargets) data.targets()).codes();
        int[] sizes = new int[PARTS];
        int[] ones = new int[PARTS];
        for (int i = 0; i < parts.length; i++) {
            sizes[parts[i]]++;
            ones[parts[i]] += codes[i];
        }
        assertThat(Arrays.stream(sizes).boxed().toList()).allMatch(size -> size >= 59 && size <= 61);
        assertThat(Arrays.stream(ones).max().orElseThrow()
                        - Arrays.stream(ones).min().orElseThrow())
                .isLessThanOrEqualTo(10);
    }

    @Test
    void permutingTheRowsPermutesThePartsWithThem() {
        Dataset data = withCopies();
        Integer[] order = IntStream.range(0, data.size()).boxed().toArray(Integer[]::new);
        Collections.shuffle(Arrays.asList(order), new Random(3));
        int[] permutation = Arrays.stream(order).mapToInt(i -> i).toArray();
        int[] moved = parts(data.select(permutation));
        int[] original = parts(data);
        for (int i = 0; i < permutation.length; i++) {
            assertThat(moved[i]).isEqualTo(original[permutation[i]]);
        }
    }

    @Test
    void equalRowsOfAFewCombinationsAreDifferentCases() {
        Random random = new Random(1);
        Matrix x = new Matrix(400, 3);
        int[] codes = new int[400];
        for (int i = 0; i < 400; i++) {
            x.set(i, 0, random.nextInt(2));
            x.set(i, 1, random.nextInt(3));
            x.set(i, 2, 1);
            codes[i] = random.nextInt(2);
        }
        Dataset data = Dataset.of(x, new ClassTargets(codes, List.of("a", "b")));
        int[] parts = parts(data);
        for (int part = 0; part < PARTS; part++) {
            int one = part;
            assertThat(IntStream.range(0, 400).filter(i -> parts[i] == one).count())
                    .isEqualTo(80);
            // each of the six combinations is in each part
            assertThat(IntStream.range(0, 400)
                            .filter(i -> parts[i] == one)
                            .mapToObj(i -> features(data, i))
                            .distinct()
                            .count())
                    .isEqualTo(6);
        }
    }

    @Test
    void countsCopiesAndThoseThatDisagree() {
        Dataset data = withCopies();
        DuplicateRows copies = DuplicateRows.of(data, ContentOrder.of(data, workers));
        // rows 210 to 299 repeat rows 0 to 59, of which 30 to 59 twice
        assertThat(copies.repeated()).isEqualTo(90);
        assertThat(copies.rows()).isEqualTo(150);
        // 20 of the 60 originals are divisible by three: ten of them have one copy and ten have two
        assertThat(copies.disagreeing()).isEqualTo(10 * 2 + 10 * 3);
    }

    /** Groups of one to nine rows, in the order of a shuffled file, the label mostly that of the group. */
    private static Dataset inGroups(long seed) {
        Random random = new Random(seed);
        int[] groups = new int[400];
        int[] codes = new int[400];
        Matrix x = new Matrix(400, 2);
        for (int i = 0, group = 0, left = 3; i < 400; i++) {
            if (left == 0) {
                group++;
                left = 1 + random.nextInt(9);
            }
            left--;
            groups[i] = group;
            codes[i] = random.nextDouble() < 0.9 ? group % 2 : 1 - group % 2;
            x.set(i, 0, random.nextInt(4));
            x.set(i, 1, 1);
        }
        return Dataset.of(x, new ClassTargets(codes, List.of("no", "yes"))).withGroups(groups);
    }

    @Test
    void aGroupIsNeverInTwoPartsAndPartsAreAlikeInSizeAndClasses() {
        Dataset data = inGroups(8);
        int[] groups = Objects.requireNonNull(data.groups());
        int[] parts = parts(data);

        Map<Integer, Integer> partOfGroup = new HashMap<>();
        int[] sizes = new int[PARTS];
        int[] ones = new int[PARTS];
        for (int i = 0; i < parts.length; i++) {
            assertThat(partOfGroup.merge(groups[i], parts[i], (a, b) -> a.equals(b) ? a : -1))
                    .isEqualTo(parts[i]);
            sizes[parts[i]]++;
            ones[parts[i]] += (int) data.targets().value(i);
        }
        int all = Arrays.stream(ones).sum();
        for (int part = 0; part < PARTS; part++) {
            assertThat(sizes[part]).isBetween(70, 90);
            assertThat((double) ones[part] / sizes[part]).isBetween(all / 400.0 - 0.06, all / 400.0 + 0.06);
        }
    }

    @Test
    void groupsFollowTheRowsWhenTheseAreShuffled() {
        Dataset data = inGroups(9);
        List<Integer> places = new ArrayList<>(IntStream.range(0, 400).boxed().toList());
        Collections.shuffle(places, new Random(2));
        int[] order = places.stream().mapToInt(i -> i).toArray();

        int[] straight = parts(data);
        int[] shuffled = parts(data.select(order));

        Map<List<Integer>, Integer> alike = new HashMap<>();
        for (int k = 0; k < order.length; k++) {
            alike.merge(List.of(straight[order[k]], shuffled[k]), 1, Integer::sum);
        }
        // rows that are equal in everything may change places, whole groups may not
        assertThat(alike).hasSize(PARTS);
    }

    @Test
    void aSampleTakesWholeGroups() {
        Dataset data = inGroups(10);
        int[] groups = Objects.requireNonNull(data.groups());

        int[] sample = ContentOrder.of(data, workers).sample(150, 3);

        assertThat(sample.length).isBetween(130, 150);
        for (int i : sample) {
            int group = groups[i];
            assertThat(Arrays.stream(sample).filter(j -> groups[j] == group).count())
                    .isEqualTo(Arrays.stream(groups)
                            .filter(other -> other == group)
                            .count());
        }
    }
}
