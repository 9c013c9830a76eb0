package dev.assay.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.data.Column;
import dev.assay.work.Workers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntFunction;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class OrderDriftTest {
    private static final int ROWS = 400;

    private static Column numbers(String name, IntToDoubleFunction value) {
        return new Column.Numbers(
                name, IntStream.range(0, ROWS).mapToDouble(value).toArray(), new BitSet());
    }

    private static Column texts(String name, IntFunction<String> value) {
        Column.Texts.Builder texts = new Column.Texts.Builder(name, ROWS);
        IntStream.range(0, ROWS).forEach(i -> texts.add(value.apply(i)));
        return texts.build();
    }

    private static OrderDrift of(List<Column> columns) {
        int last = columns.size() - 1;
        return OrderDrift.of(columns.subList(0, last), columns.get(last), 1, Workers.shared());
    }

    private static List<Column> random(int numbers, int texts, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Column> columns = new ArrayList<>();
        for (int c = 0; c < numbers; c++) {
            columns.add(numbers("n" + c, i -> Math.rint(20 * random.nextGaussian())));
        }
        for (int c = 0; c < texts; c++) {
            columns.add(texts("t" + c, i -> random.nextInt(10) < 4 ? "a" : "k" + random.nextInt(30)));
        }
        return columns;
    }

    /** 400 numbers in order: the mean ranks of the stretches are 40 apart, by hand H = 12 / (400 401) 40 sum (20.5 + 40 s - 200.5)^2. */
    @Test
    void kruskalAndWallisByHand() {
        OrderDrift found = of(List.of(numbers("time", i -> i)));

        double sum = IntStream.range(0, 10)
                .mapToDouble(s -> Math.pow(40 * s - 180, 2))
                .sum();
        assertThat(found.columns().get(0).statistic()).isCloseTo(12 * 40 * sum / (400 * 401.0), within(1e-9));
        assertThat(found.columns().get(0).isSorted()).isTrue();
    }

    @Test
    void whatDriftsIsNamedAndTheRestIsNot() {
        SplittableRandom random = new SplittableRandom(4);
        List<Column> columns = new ArrayList<>(random(6, 3, 12));
        columns.add(numbers("warmer", i -> i / 400.0 + random.nextGaussian()));
        columns.add(texts("site", i -> random.nextInt(400) < i ? "new" : "old"));
        BitSet late = new BitSet();
        IntStream.range(300, 400).filter(i -> i % 2 == 0).forEach(late::set);
        columns.add(new Column.Numbers("broken", random.doubles(ROWS).toArray(), late));

        assertThat(of(columns).drifting())
                .extracting(OrderDrift.ColumnDrift::column)
                .containsExactlyInAnyOrder("warmer", "site", "broken");
    }

    @Test
    void levelsThatStandInOnePieceEachAreSorted() {
        assertThat(of(List.of(texts("y", i -> i < 150 ? "no" : i < 390 ? "yes" : "rare")))
                        .drifting()
                        .get(0)
                        .isSorted())
                .isTrue();
        assertThat(of(List.of(texts("y", i -> i < 150 || i == 399 ? "no" : "yes")))
                        .drifting()
                        .get(0)
                        .isSorted())
                .isFalse();
    }

    /** One file in a hundred is promised to speak; ten of 300 would be more than three. */
    @Test
    void filesInRandomOrderAreSilent() {
        long said = IntStream.range(0, 300)
                .filter(seed -> !of(random(4, 4, 1000 + seed)).drifting().isEmpty())
                .count();

        assertThat(said).isLessThan(10);
    }

    /** The chance of a column alone is uniform: of 3,000 columns a tenth is below 0.1. */
    @Test
    void chancesOfRandomOrderAreUniform() {
        double[] chances = IntStream.range(0, 300)
                .boxed()
                .flatMap(seed -> of(random(5, 5, 5000 + seed)).columns().stream())
                .mapToDouble(OrderDrift.ColumnDrift::chance)
                .toArray();

        for (double limit : new double[] {0.1, 0.5, 0.9}) {
            assertThat(Arrays.stream(chances).filter(chance -> chance < limit).count() / (double) chances.length)
                    .isCloseTo(limit, within(0.04));
        }
    }

    @Test
    void constantColumnsAreNoColumns() {
        assertThat(of(List.of(numbers("same", i -> 3), texts("one", i -> "a"))).columns())
                .isEmpty();
    }

    /** What drifts is shown beside the same rows in random order, the label before it; what does not is not shown. */
    @Test
    void theLabelAndWhatDriftsAreFollowedAlongTheFile() {
        SplittableRandom random = new SplittableRandom(6);
        List<ColumnCourse> courses = of(List.of(
                        numbers("still", i -> random.nextGaussian()),
                        numbers("sorted", i -> i),
                        texts("y", i -> random.nextBoolean() ? "yes" : "no")))
                .courses();

        assertThat(courses).extracting(ColumnCourse::column).containsExactly("y", "sorted");
        assertThat(courses.get(0).lines()).extracting(ColumnCourse.Line::name).containsExactlyInAnyOrder("yes", "no");
        ColumnCourse.Line sorted = courses.get(1).lines().get(0);
        for (int stretch = 0; stretch < 10; stretch++) {
            assertThat(sorted.inFile()[stretch]).isCloseTo(0.05 + 0.1 * stretch, within(1e-9));
            assertThat(sorted.inRandomOrder()[stretch]).isCloseTo(0.5, within(0.2));
            assertThat(courses.get(1).medians()[stretch]).isBetween(40.0 * stretch, 40.0 * stretch + 39);
        }
    }

    @Test
    void missingValuesAreTheLowestAndHaveNoPartInMedians() {
        BitSet late = new BitSet();
        late.set(200, 400);
        ColumnCourse course = of(List.of(new Column.Numbers(
                        "y",
                        IntStream.range(0, ROWS).mapToDouble(i -> 5 + i % 7).toArray(),
                        late)))
                .courses()
                .get(0);

        assertThat(course.lines().get(0).inFile()[9]).isCloseTo(0.25, within(1e-9));
        assertThat(course.lines().get(0).inFile()[0]).isCloseTo(0.75, within(0.05));
        assertThat(course.medians()[9]).isNaN();
        assertThat(course.medians()[0]).isEqualTo(8);
    }
}
