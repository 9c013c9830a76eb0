package dev.assay.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WrittenValuesTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    12.5 %     | PERCENT
                    7%         | PERCENT
                    $1,200.50  | CURRENCY
                    -€ 30      | CURRENCY
                    1.200,50 € | CURRENCY
                    12 EUR     | CURRENCY
                    US$5       | CURRENCY
                    1,234,567  | THOUSANDS
                    1 234      | THOUSANDS
                    3 March 2021    | DATE
                    Mar 3, 2021     | DATE
                    03-Dec-21       | DATE
                    Mon, 5 août 2019 | DATE
                    """)
    void aNumberOrADateIsKnown(String value, WrittenValues kind) {
        assertThat(WrittenValues.of(Map.of(value, 3))).isEqualTo(kind);
    }

    @ParameterizedTest
    @ValueSource(strings = {"AB12", "May", "summary 5", "north", "A-1", "12/14", "3 marbles"})
    void aNameIsNone(String value) {
        assertThat(WrittenValues.of(Map.of(value, 3))).isNull();
    }

    @Test
    void mostValuesDecide() {
        assertThat(WrittenValues.of(Map.of("7%", 6, "none", 4))).isEqualTo(WrittenValues.PERCENT);
        assertThat(WrittenValues.of(Map.of("7%", 4, "none", 6))).isNull();
    }
}
