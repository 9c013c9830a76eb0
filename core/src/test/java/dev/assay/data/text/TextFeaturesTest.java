package dev.assay.data.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class TextFeaturesTest {
    private static final List<String> TEXTS = texts(60);

    /** With fewer texts than directions nothing is left out: products are those of the vectors of n-grams themselves. */
    @Test
    void theDirectionsKeepTheProductsOfTexts() {
        TextFeatures features = TextFeatures.of(TEXTS);
        double[][] plain = new double[TEXTS.size()][];
        double[] mean = new double[features.frequencies().length];
        for (int t = 0; t < plain.length; t++) {
            plain[t] = new double[mean.length];
            HashedText.of(TEXTS.get(t), mean.length)
                    .weighed(features.frequencies())
                    .write(plain[t], 0);
            for (int j = 0; j < mean.length; j++) {
                mean[j] += plain[t][j] / plain.length;
            }
        }
        for (double[] one : plain) {
            Arrays.setAll(one, j -> one[j] - mean[j]);
        }

        double scale = dot(plain[0], plain[0]) / dot(features, TEXTS.get(0), TEXTS.get(0));
        for (int s = 0; s < plain.length; s++) {
            for (int t = 0; t <= s; t++) {
                assertThat(scale * dot(features, TEXTS.get(s), TEXTS.get(t)))
                        .isCloseTo(dot(plain[s], plain[t]), within(1e-9));
            }
        }
    }

    @Test
    void theFeaturesHaveMeanZeroAndVarianceOneOnAverage() {
        TextFeatures features = TextFeatures.of(TEXTS);

        double[] sums = new double[features.size()];
        double squares = 0;
        for (String text : TEXTS) {
            double[] one = of(features, text);
            for (int k = 0; k < sums.length; k++) {
                sums[k] += one[k];
                squares += one[k] * one[k];
            }
        }
        assertThat(sums).usingComparatorWithPrecision(1e-9).containsOnly(0);
        assertThat(squares / TEXTS.size() / sums.length).isCloseTo(1, within(1e-9));
    }

    @Test
    void neitherOrderNorCopiesChangeABit() {
        List<String> others = new ArrayList<>(TEXTS);
        others.addAll(TEXTS.subList(5, 40));
        Collections.shuffle(others, new Random(3));

        TextFeatures first = TextFeatures.of(TEXTS);
        TextFeatures second = TextFeatures.of(others);

        assertThat(second.directions().values()).isEqualTo(first.directions().values());
        assertThat(second.means()).isEqualTo(first.means());
        assertThat(second.words()).isEqualTo(first.words());
    }

    @Test
    void textsOfOneTopicLieNearerThanThoseOfTwo() {
        TextFeatures features = TextFeatures.of(TEXTS);

        String fruit = "a ripe apple and two sour cherries";
        assertThat(cosine(features, fruit, "sour apples, ripe cherry!"))
                .isGreaterThan(0.3 + cosine(features, fruit, "engines with brakes and a wheel"));
    }

    @Test
    void capitalsAndWaysOfWritingACharacterMakeNoDifference() {
        TextFeatures features = TextFeatures.of(TEXTS);

        assertThat(of(features, "APPLE ﬁx \uFF11 caf\u00e9")).isEqualTo(of(features, "apple fix 1 cafe\u0301"));
        assertThat(of(features, "apple\u00a0 \n cherry")).isEqualTo(of(features, "cherry apple"));
    }

    @Test
    void aTextWithoutAnyCharacterIsMinusTheMean() {
        TextFeatures features = TextFeatures.of(TEXTS);
        double[] minusMeans = Arrays.stream(features.means()).map(mean -> -mean).toArray();

        assertThat(of(features, "")).isEqualTo(minusMeans);
        assertThat(of(features, " \t\u2003 ")).isEqualTo(minusMeans);
    }

    @Test
    void textsThatDoNotDifferHaveNoFeatures() {
        assertThat(TextFeatures.of(List.of("Same thing", "same  thing", "SAME THING"))
                        .size())
                .isZero();
        assertThat(TextFeatures.of(List.of("", " ")).size()).isZero();
    }

    /** " x ": one n-gram of 3 and two of 2; a character beyond the basic plane is one, too. */
    @Test
    void nGramsAreOfCodePoints() {
        for (String character : List.of("x", "漢", "😀", "\uD800")) {
            assertThat(HashedText.of(character, 1 << 30).values()).as(character).hasSize(3);
        }
        assertThat(HashedText.of("ab", 1 << 30).values()).hasSize(6);
        for (double value : HashedText.of("ab ab", 1 << 30).values()) {
            assertThat(Math.abs(value)).isEqualTo(1 + StrictMath.log(2));
        }
        assertThat(HashedText.of("a1!b", 1 << 30).places()).hasSize(6 + 3 + 3);
    }

    @Test
    void aDirectionIsNamedByWordsThatRaiseIt() {
        TextFeatures features = TextFeatures.of(TEXTS);

        for (int k = 0; k < 3; k++) {
            for (String word : features.words().get(k).split(", ", -1)) {
                assertThat(of(features, word)[k]).as(word).isPositive();
            }
        }
    }

    private static List<String> texts(int count) {
        List<List<String>> topics = List.of(
                List.of("apple", "cherry", "ripe", "sour", "juice", "pear"),
                List.of("engine", "brake", "wheel", "fuel", "gear", "clutch"));
        Random random = new Random(1);
        List<String> result = new ArrayList<>();
        for (int t = 0; t < count; t++) {
            List<String> words = new ArrayList<>();
            for (int w = 0; w < 8; w++) {
                words.add(topics.get(t % 2).get(random.nextInt(6)));
            }
            result.add(String.join(" ", words) + " " + t);
        }
        return result;
    }

    private static double[] of(TextFeatures features, String text) {
        double[] result = new double[features.size()];
        features.write(text, result, 0);
        return result;
    }

    private static double cosine(TextFeatures features, String a, String b) {
        return dot(features, a, b) / Math.sqrt(dot(features, a, a) * dot(features, b, b));
    }

    private static double dot(TextFeatures features, String a, String b) {
        return dot(of(features, a), of(features, b));
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int k = 0; k < a.length; k++) {
            sum += a[k] * b[k];
        }
        return sum;
    }
}
