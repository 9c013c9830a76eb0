package dev.assay.app.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.data.InvalidInputException;
import dev.assay.learn.LearnerSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What --model offers, and what there is of it. */
class OfferedModelsTest {
    private static final String NO_LIBRARY = "boosted trees need a library";

    @ParameterizedTest
    @ValueSource(strings = {"auto", "linear", "radial", "trees", "linear,radial", "linear,trees", "radial,trees"})
    void namesAreUnderstoodAsTheyAreSaid(String text) {
        assertThat(OfferedModels.name(OfferedModels.of("--model", text))).isEqualTo(text);
    }

    @Test
    void orderAndSpacesDoNotMatterAndAllIsAuto() {
        assertThat(OfferedModels.of("--model", "trees, radial ,linear")).isEqualTo(OfferedModels.of("--model", "auto"));
        assertThat(OfferedModels.of("--model", "linear,radial")).isEqualTo(LearnerSet.STANDARD);
        assertThat(OfferedModels.of("--model", "auto").names()).containsExactly("linear", "radial", "boosted trees");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "forest", "linear,", "auto,trees", "Trees"})
    void otherNamesAreRefused(String text) {
        assertThatThrownBy(() -> OfferedModels.of("--model", text))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("'" + text + "'")
                .hasMessageContaining("linear, radial, trees");
    }

    @Test
    void withoutTheLibraryAllGoWithoutTreesAndSaySo() {
        OfferedModels models = OfferedModels.here(OfferedModels.ALL, NO_LIBRARY);

        assertThat(models.learners()).isEqualTo(LearnerSet.STANDARD);
        assertThat(models.without()).contains(NO_LIBRARY);
        assertThat(OfferedModels.here(OfferedModels.ALL, null).learners()).isEqualTo(OfferedModels.ALL);
        assertThatThrownBy(() -> OfferedModels.here(OfferedModels.of("--model", "linear,trees"), NO_LIBRARY))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("--model linear,trees")
                .hasMessageContaining(NO_LIBRARY);
    }
}
