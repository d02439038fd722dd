package io.walnut.ejb.iexec;

/**
 * A party that this client talks to failed, refused or answered nonsense, where the caller has no
 * outcome of its own to choose. The message is one line, fit for an operator, and holds no secret.
 */
public final class IexecException extends RuntimeException {

    /** Stable: part of what operators and tests rely on. */
    public enum Code {
        /** No node answered; ask again later. */
        RPC_UNAVAILABLE,
        /** A node answered with a JSON-RPC error. */
        RPC_REFUSED,
        /** An answer that no honest node of this chain gives: wrong chain, wrong shape, wrong hub. */
        RPC_NONSENSE,
        /** The call would revert, with the contract's reason. */
        CALL_REVERTED,
        /** A transaction was mined and reverted, or was not mined in time. */
        TRANSACTION_FAILED,
        /** The secret management service did not answer, or with a server error; ask again later. */
        SMS_UNAVAILABLE,
        /** The secret management service gave an answer that its contract does not know. */
        SMS_NONSENSE,
        /** The order book did not answer, or with a server error; ask again later. */
        ORDER_BOOK_UNAVAILABLE,
        /** The order book refused, or gave an answer that its contract does not know. */
        ORDER_BOOK_REFUSED,
        /** No gateway gave a file; ask again later. */
        GATEWAY_UNAVAILABLE,
        /** The upload node did not store a file. */
        UPLOAD_FAILED,
        /** A configuration value is missing or unusable. */
        CONFIGURATION
    }

    private final Code code;

    public IexecException(Code code, String message) {
        super(message);
        this.code = code;
    }

    public IexecException(Code code, String message, Throwable cause) {
        super(message, cause);
        this.code = code;
    }

    public Code code() {
        return code;
    }

    /** Whether the same request may succeed later without anyone changing anything. */
    public boolean isTransient() {
        return switch (code) {
            case RPC_UNAVAILABLE, SMS_UNAVAILABLE, ORDER_BOOK_UNAVAILABLE, GATEWAY_UNAVAILABLE, UPLOAD_FAILED -> true;
            default -> false;
        };
    }
}
