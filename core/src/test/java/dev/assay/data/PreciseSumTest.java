package dev.assay.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PreciseSumTest {
    @Test
    void isTheRoundedSumInEveryOrder() {
        Random random = new Random(1);
        List<Double> values = new ArrayList<>();
        BigDecimal exact = BigDecimal.ZERO;
        for (int i = 0; i < 1000; i++) {
            double value = random.nextGaussian() * Math.pow(10, random.nextInt(8));
            values.add(value);
            exact = exact.add(new BigDecimal(value));
        }
        for (int order = 0; order < 50; order++) {
            Collections.shuffle(values, random);
            PreciseSum sum = new PreciseSum();
            values.forEach(sum::add);
            assertThat(sum.value()).isEqualTo(exact.doubleValue());
        }
    }

    @Test
    void keepsWhatLargePartsWouldSwallow() {
        PreciseSum sum = new PreciseSum();
        sum.add(1e16);
        sum.add(1);
        sum.addProduct(1e8 + 1, 1e8 + 1);
        sum.add(-1e16);
        sum.add(-1e16);
        assertThat(sum.value()).isEqualTo(2e8 + 2);
    }
}
