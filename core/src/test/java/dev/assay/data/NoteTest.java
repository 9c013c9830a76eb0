package dev.assay.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class NoteTest {
    private final Note note = new Note(
            "column 'n' only counts the rows",
            List.of(
                    Remedy.by("leave it out", "drop", "n"),
                    Remedy.of("rename it"),
                    Remedy.by("say that it names them", "id", "n")));

    @Test
    void remediesAreSaidByParametersUnlessSomebodySaysThemOtherwise() {
        assertThat(note)
                .hasToString("column 'n' only counts the rows; leave it out (drop: n), rename it,"
                        + " or say that it names them (id: n)");
        assertThat(note.message(remedy -> remedy.words() + "!"))
                .isEqualTo("column 'n' only counts the rows; leave it out!, rename it!, or say that it names them!");
        assertThat(new InvalidInputException(note.text(), note.remedies())).hasMessage(note.toString());
    }

    @Test
    void remediesThatAreEmptyTextsAreNotThereForTheReader() {
        assertThat(note.message(remedy -> remedy.parameter() == null ? remedy.words() : ""))
                .isEqualTo("column 'n' only counts the rows; rename it");
        assertThat(note.message(remedy -> "")).isEqualTo(note.text());
        assertThat(Note.of("two rows are alike")).hasToString("two rows are alike");
    }
}
