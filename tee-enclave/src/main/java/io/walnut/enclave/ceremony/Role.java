package io.walnut.enclave.ceremony;

/** Whose share it is. */
public enum Role {
    /** The application owner's share: the app developer secret. */
    A('a'),
    /** The data owner's share: in the confidential dataset. */
    B('b');

    private final char letter;

    Role(char letter) {
        this.letter = letter;
    }

    public char letter() {
        return letter;
    }
}
