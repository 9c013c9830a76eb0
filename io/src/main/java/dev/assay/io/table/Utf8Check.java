package dev.assay.io.table;

/** Follows bytes that must be UTF-8, one by one. */
final class Utf8Check {

    private int pending;
    private int first;
    private int lowest;
    private int highest;

    /** Takes the next byte (0 to 255); false if it cannot be there. */
    boolean accepts(int value) {
        if (pending == 0) {
            return value < 0x80 || begins(value);
        }
        if (value < lowest || value > highest) {
            return false;
        }
        lowest = 0x80;
        highest = 0xbf;
        pending--;
        return true;
    }

    /** The first byte of the latest character beyond ASCII, the wrong one if a byte was not accepted. */
    int firstByte() {
        return first;
    }

    /** Whether no character is unfinished. */
    boolean isComplete() {
        return pending == 0;
    }

    /** Overlong forms, surrogates and values beyond Unicode are ruled out by the range of the second byte. */
    private boolean begins(int value) {
        first = value;
        lowest = 0x80;
        highest = 0xbf;
        if (value >= 0xc2 && value <= 0xdf) {
            pending = 1;
            return true;
        }
        if (value >= 0xe0 && value <= 0xef) {
            pending = 2;
            lowest = value == 0xe0 ? 0xa0 : 0x80;
            highest = value == 0xed ? 0x9f : 0xbf;
            return true;
        }
        if (value >= 0xf0 && value <= 0xf4) {
            pending = 3;
            lowest = value == 0xf0 ? 0x90 : 0x80;
            highest = value == 0xf4 ? 0x8f : 0xbf;
            return true;
        }
        return false;
    }
}
