package dev.assay.io.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NearestNameTest {

    @Test
    void countsEdits() {
        assertThat(NearestName.distance("kitten", "sitting")).isEqualTo(3);
        assertThat(NearestName.distance("lable", "label")).isEqualTo(1);
        assertThat(NearestName.distance("", "abc")).isEqualTo(3);
        assertThat(NearestName.distance("same", "same")).isZero();
    }

    @Test
    void suggestsOnlyWhatIsNear() {
        assertThat(NearestName.find("Speceis", List.of("petal", "species"))).contains("species");
        assertThat(NearestName.find("target", List.of("petal", "species"))).isEmpty();
        assertThat(NearestName.find("q", List.of("x", "y"))).isEmpty();
    }
}
