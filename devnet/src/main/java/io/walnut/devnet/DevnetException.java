package io.walnut.devnet;

/** What kept the devnet from doing its work. The message is one line for a person: what is wrong and what to do. */
public final class DevnetException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String code;

    public DevnetException(String code, String message) {
        this(code, message, null);
    }

    public DevnetException(String code, String message, Throwable cause) {
        super(message, cause);
        this.code = code;
    }

    /** Stable, for programs. */
    public String code() {
        return code;
    }
}
