package dev.assay.io.cell;

/** What stands before the decimals of a number. */
public enum DecimalMark {
    /** 1.5. */
    POINT('.'),
    /** 1,5. */
    COMMA(',');

    private final char character;

    DecimalMark(char character) {
        this.character = character;
    }

    char character() {
        return character;
    }
}
