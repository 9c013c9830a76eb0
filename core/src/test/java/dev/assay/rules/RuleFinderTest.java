package dev.assay.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.data.Column;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RuleFinderTest {
    private static final List<String> SITES = List.of("A", "B", "C", "D");

    /** Columns drawn at random: site, hour of the day, two further numbers. */
    private static final class Drawn {
        private final int[] site;
        private final double[] hour;
        private final double[] x;
        private final double[] y;
        private final boolean[] heldOut;
        private final BitSet gaps = new BitSet();

        Drawn(int rows, long seed) {
            Random random = new Random(seed);
            site = IntStream.range(0, rows).map(row -> random.nextInt(4)).toArray();
            hour = IntStream.range(0, rows)
                    .mapToDouble(row -> random.nextInt(24))
                    .toArray();
            x = random.doubles(rows, 0, 10).toArray();
            y = random.doubles(rows, -1, 1).toArray();
            heldOut = new boolean[rows];
            for (int row = 0; row < rows; row++) {
                heldOut[row] = random.nextInt(3) == 0;
            }
        }

        int rows() {
            return site.length;
        }

        List<Column> columns() {
            Column.Texts.Builder sites = new Column.Texts.Builder("site", rows());
            for (int code : site) {
                sites.add(SITES.get(code));
            }
            return List.of(
                    sites.build(),
                    new Column.Numbers("hour", hour, new BitSet()),
                    new Column.Numbers("x", x, gaps),
                    new Column.Numbers("y", y, new BitSet()));
        }

        boolean[] where(IntPredicate member) {
            boolean[] result = new boolean[rows()];
            for (int row = 0; row < rows(); row++) {
                result[row] = member.test(row);
            }
            return result;
        }

        int heldOut(IntPredicate which) {
            return (int) IntStream.range(0, rows())
                    .filter(row -> heldOut[row] && which.test(row))
                    .count();
        }

        List<Rule> rules(boolean[] member) {
            return rules(RowSet.of(member));
        }

        List<Rule> rules(RowSet set) {
            return new RuleFinder(columns(), ones(rows()), heldOut)
                    .find(List.of(set))
                    .get(0);
        }
    }

    private static double[] ones(int rows) {
        double[] result = new double[rows];
        Arrays.fill(result, 1);
        return result;
    }

    private static boolean[] flipped(boolean[] member, double share, long seed) {
        Random random = new Random(seed);
        boolean[] result = member.clone();
        for (int row = 0; row < result.length; row++) {
            result[row] ^= random.nextDouble() < share;
        }
        return result;
    }

    @Test
    void aPlantedRuleIsFoundAsItIs() {
        Drawn data = new Drawn(2000, 1);
        boolean[] member = data.where(row -> data.site[row] == 1 && data.hour[row] > 17);

        List<Rule> rules = data.rules(member);

        assertThat(rules).hasSize(1);
        Rule rule = rules.get(0);
        assertThat(rule.conditions())
                .containsExactlyInAnyOrder(
                        new Condition.Levels("site", List.of("B"), false, false),
                        new Condition.Range("hour", 17, Double.POSITIVE_INFINITY, false, false));
        assertThat(rule.text()).isIn("site = B and hour > 17", "hour > 17 and site = B");
        assertThat(rule.coverage().value()).isEqualTo(1);
        assertThat(rule.precision().value()).isEqualTo(1);
        int rows = data.heldOut(row -> member[row]);
        assertThat(rule.rows()).isEqualTo(rows);
        assertThat(rule.hits()).isEqualTo(rows);
        assertThat(rule.members()).isEqualTo(rows);
        assertThat(rule.heldOut()).isEqualTo(data.heldOut(row -> true));
        assertThat(rule.baseRate()).isEqualTo((double) rows / data.heldOut(row -> true));
        assertThat(rule.chance()).isLessThan(1e-20);
    }

    @Test
    void figuresAreThoseOfTheHeldOutRowsCountedByHand() {
        Drawn data = new Drawn(3000, 2);
        boolean[] member = flipped(data.where(row -> data.x[row] > 6.5), 0.1, 7);

        Rule rule = data.rules(member).get(0);

        assertThat(rule.conditions()).hasSize(1);
        Condition.Range range = (Condition.Range) rule.conditions().get(0);
        assertThat(range.column()).isEqualTo("x");
        assertThat(range.above()).isCloseTo(6.5, within(0.05));
        int holds = data.heldOut(row -> data.x[row] > range.above());
        int hits = data.heldOut(row -> data.x[row] > range.above() && member[row]);
        int members = data.heldOut(row -> member[row]);
        assertThat(rule.rows()).isEqualTo(holds);
        assertThat(rule.precision().value()).isCloseTo((double) hits / holds, within(1e-12));
        assertThat(rule.coverage().value()).isCloseTo((double) hits / members, within(1e-12));
        assertThat(rule.precision().low()).isLessThan(0.9).isGreaterThan(0.84);
        assertThat(rule.precision().high()).isGreaterThan(0.9).isLessThan(0.96);
    }

    @Test
    void threeConditionsAreFoundTogether() {
        Drawn data = new Drawn(4000, 3);
        boolean[] member =
                flipped(data.where(row -> data.site[row] != 2 && data.x[row] <= 4 && data.y[row] > 0.25), 0.02, 8);

        Rule rule = data.rules(member).get(0);

        assertThat(rule.conditions()).hasSize(3);
        assertThat(rule.text())
                .contains("site is not C")
                .containsPattern("x ≤ (3\\.9\\d*|4(\\.0\\d*)?)\\b")
                .containsPattern("y > 0\\.2[4-6]");
        assertThat(rule.precision().value()).isGreaterThan(0.9);
        assertThat(rule.coverage().value()).isGreaterThan(0.75);
    }

    @Test
    void conditionsOnOneColumnBecomeOne() {
        Drawn data = new Drawn(3000, 4);
        boolean[] member = data.where(row -> data.x[row] > 3 && data.x[row] <= 5);

        Rule rule = data.rules(member).get(0);

        assertThat(rule.conditions()).hasSize(1);
        Condition.Range range = (Condition.Range) rule.conditions().get(0);
        assertThat(range.above()).isCloseTo(3, within(0.03));
        assertThat(range.upTo()).isCloseTo(5, within(0.03));
        assertThat(rule.text()).matches("\\S+ < x ≤ \\S+");
    }

    @Test
    void aSetThatHasNothingToDoWithTheColumnsHasNoRule() {
        int told = 0;
        for (int seed = 0; seed < 200; seed++) {
            Drawn data = new Drawn(400, 100 + seed);
            Random random = new Random(seed);
            double share = 0.05 + 0.9 * random.nextDouble();
            told += data.rules(data.where(row -> random.nextDouble() < share)).isEmpty() ? 0 : 1;
        }

        // at most 0.05 of 200; 17 or more of Binomial(200, 0.05) have probability 0.025
        assertThat(told).isLessThanOrEqualTo(16);
    }

    @Test
    void whatHoldsOnlyWhereRulesAreGrownIsNotTold() {
        int told = 0;
        for (int seed = 0; seed < 200; seed++) {
            Drawn data = new Drawn(800, 5000 + seed);
            Random random = new Random(seed);
            boolean[] member = data.where(
                    row -> data.heldOut[row] ? random.nextDouble() < 0.2 : data.site[row] == 1 && data.x[row] > 3);
            told += data.rules(member).isEmpty() ? 0 : 1;
        }

        // each time a rule is judged; see above
        assertThat(told).isLessThanOrEqualTo(16);
    }

    @Test
    void heldOutRowsHaveNoPartInFindingRules() {
        Drawn data = new Drawn(1500, 6);
        boolean[] member = flipped(data.where(row -> data.x[row] > 6.5), 0.1, 3);
        boolean[] other = data.where(row -> data.heldOut[row] ? data.x[row] > 6 : member[row]);

        assertThat(data.rules(other).get(0).conditions())
                .isEqualTo(data.rules(member).get(0).conditions());
    }

    @Test
    void missingValuesAreAValueOfTheirOwn() {
        Drawn data = new Drawn(2000, 7);
        for (int row = 0; row < data.rows(); row++) {
            data.gaps.set(row, row % 5 == 0);
        }

        Rule missing = data.rules(data.where(data.gaps::get)).get(0);
        Rule both = data.rules(data.where(row -> data.gaps.get(row) || data.x[row] > 7))
                .get(0);
        Rule large = data.rules(data.where(row -> !data.gaps.get(row) && data.x[row] > 7))
                .get(0);

        assertThat(missing.text()).isEqualTo("x is missing");
        assertThat(missing.precision().value()).isEqualTo(1);
        assertThat(missing.coverage().value()).isEqualTo(1);
        assertThat(both.text()).matches("\\(x > (7|7\\.0\\d|6\\.9\\d) or missing\\)");
        assertThat(large.text()).matches("x > (7|7\\.0\\d|6\\.9\\d)");
    }

    @Test
    void levelsAreToldInTheFewestWords() {
        Drawn data = new Drawn(2000, 8);

        assertThat(data.rules(data.where(row -> data.site[row] <= 1)).get(0).text())
                .isEqualTo("site = A or B");
        assertThat(data.rules(data.where(row -> data.site[row] != 3)).get(0).text())
                .isEqualTo("site is not D");
        assertThat(data.rules(data.where(row -> data.hour[row] == 7)).get(0).text())
                .isEqualTo("hour = 7");
    }

    @Test
    void permutingTheRowsGivesTheSameRules() {
        Drawn data = new Drawn(1500, 9);
        Random random = new Random(4);
        boolean[] sure = data.where(row -> data.site[row] == 1 || (data.x[row] > 8 && data.y[row] < 0));
        double[] probability = new double[data.rows()];
        for (int row = 0; row < probability.length; row++) {
            probability[row] = sure[row] ? 0.6 + 0.4 * random.nextDouble() : 0.4 * random.nextDouble();
        }
        RowSet set = new RowSet(data.where(row -> true), sure, probability, List.of());
        List<Integer> order =
                new ArrayList<>(IntStream.range(0, data.rows()).boxed().toList());
        java.util.Collections.shuffle(order, random);
        Drawn permuted = new Drawn(data.rows(), 9);
        boolean[] member = new boolean[data.rows()];
        double[] permutedProbability = new double[data.rows()];
        for (int row = 0; row < data.rows(); row++) {
            int from = order.get(row);
            permuted.site[row] = data.site[from];
            permuted.hour[row] = data.hour[from];
            permuted.x[row] = data.x[from];
            permuted.y[row] = data.y[from];
            permuted.heldOut[row] = data.heldOut[from];
            member[row] = sure[from];
            permutedProbability[row] = probability[from];
        }

        List<Rule> rules = data.rules(set);
        List<Rule> again =
                permuted.rules(new RowSet(permuted.where(row -> true), member, permutedProbability, List.of()));

        assertThat(rules).isNotEmpty();
        assertThat(again)
                .usingRecursiveComparison()
                .withComparatorForType((a, b) -> Math.abs(a - b) < 1e-9 ? 0 : Double.compare(a, b), Double.class)
                .isEqualTo(rules);
    }

    @Test
    void anAssignmentThatProbabilitiesDoNotBearOutIsNotTold() {
        Drawn data = new Drawn(3000, 10);
        // where the experts agree the larger block wins each time, although the share is the same everywhere
        boolean[] member = data.where(row -> data.x[row] > 5);
        double[] even = new double[data.rows()];
        Arrays.fill(even, 0.4);

        assertThat(data.rules(member)).isNotEmpty();
        assertThat(data.rules(new RowSet(data.where(row -> true), member, even, List.of())))
                .isEmpty();
    }

    @Test
    void theLabelStandsAtTheEndAndAlone() {
        Drawn data = new Drawn(3000, 11);
        Random random = new Random(5);
        Column.Texts.Builder labels = new Column.Texts.Builder("label", data.rows());
        boolean[] three = new boolean[data.rows()];
        for (int row = 0; row < data.rows(); row++) {
            int label = random.nextInt(4);
            three[row] = label == 3;
            labels.add(Integer.toString(label));
        }
        List<Column> last = List.of(labels.build());
        boolean[] both = data.where(row -> three[row] && data.site[row] == 1);

        assertThat(data.rules(RowSet.certain(data.where(row -> true), three, last)))
                .extracting(Rule::text)
                .containsExactly("label = 3");
        assertThat(data.rules(RowSet.certain(data.where(row -> true), both, last)))
                .extracting(Rule::text)
                .contains("site = B and label = 3");
    }

    @Test
    void aRowOfWeightZeroIsNoRow() {
        Drawn data = new Drawn(1500, 12);
        boolean[] planted = data.where(row -> data.site[row] == 1);
        boolean[] member = data.where(row -> row % 3 == 0 ? data.y[row] > 0 : planted[row]);
        double[] weights = ones(data.rows());
        for (int row = 0; row < weights.length; row += 3) {
            weights[row] = 0;
        }

        Rule rule = new RuleFinder(data.columns(), weights, data.heldOut)
                .find(List.of(RowSet.of(member)))
                .get(0)
                .get(0);

        assertThat(rule.text()).isEqualTo("site = B");
        assertThat(rule.precision().value()).isEqualTo(1);
        assertThat(rule.heldOut()).isEqualTo(data.heldOut(row -> row % 3 != 0));
    }
}
