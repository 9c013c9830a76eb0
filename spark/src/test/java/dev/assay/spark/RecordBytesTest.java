package dev.assay.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.linalg.Matrix;
import dev.assay.model.LogisticLoss;
import dev.assay.model.Loss;
import dev.assay.model.SoftmaxLoss;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class RecordBytesTest {
    record Inner(String text, @Nullable Inner next) {}

    record Outer(
            int number,
            double real,
            boolean flag,
            double[] reals,
            long[] keys,
            Matrix matrix,
            Loss loss,
            @Nullable Inner inner,
            @Nullable Inner none) {}

    @Test
    void aRecordIsWhatItWasToTheBit() {
        Outer value = new Outer(
                -7,
                Double.MIN_VALUE,
                true,
                new double[] {0.1, -0.0, Double.POSITIVE_INFINITY},
                new long[] {Long.MIN_VALUE, 3},
                new Matrix(1, 2, new double[] {1, 2}),
                new SoftmaxLoss(4),
                new Inner("äö", new Inner("", null)),
                null);

        Outer read = RecordBytes.read(RecordBytes.write(value), Outer.class);

        assertThat(read).usingRecursiveComparison().isEqualTo(value);
        assertThat(read.inner()).isEqualTo(value.inner());
        assertThat(read.loss()).isEqualTo(new SoftmaxLoss(4));
    }

    record Listed(List<String> texts) {}

    @Test
    void onlyRecordsOfTheTypeThatIsExpectedComeOut() {
        byte[] bytes = RecordBytes.write(new LogisticLoss());

        assertThat(RecordBytes.read(bytes, Loss.class)).isEqualTo(new LogisticLoss());
        assertThatThrownBy(() -> RecordBytes.read(bytes, Inner.class)).hasMessageContaining("is no record that is a");
        assertThatThrownBy(() -> RecordBytes.read(new byte[] {0, 1}, Inner.class))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> RecordBytes.write(new Listed(List.of())))
                .hasMessageContaining("cannot be sent to executors");
    }
}
