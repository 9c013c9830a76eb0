package dev.assay.io.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SpellingSuggestionTest {

    @Test
    void countsEdits() {
        assertThat(SpellingSuggestion.distance("kitten", "sitting")).isEqualTo(3);
        assertThat(SpellingSuggestion.distance("lable", "label")).isEqualTo(1);
        assertThat(SpellingSuggestion.distance("", "abc")).isEqualTo(3);
        assertThat(SpellingSuggestion.distance("same", "same")).isZero();
    }

    @Test
    void suggestsOnlyWhatIsNear() {
        assertThat(SpellingSuggestion.find("Speceis", List.of("petal", "species")))
                .contains("species");
        assertThat(SpellingSuggestion.find("target", List.of("petal", "species")))
                .isEmpty();
        assertThat(SpellingSuggestion.find("q", List.of("x", "y"))).isEmpty();
    }
}
