package io.walnut.ejb.chain;

/** A chain could not be asked, or refused to answer. */
public class RpcException extends RuntimeException {
    private final transient String data;

    RpcException(String message, Throwable cause) {
        super(message, cause);
        this.data = "";
    }

    RpcException(String message, String data) {
        super(message);
        this.data = data;
    }

    /** The node's own answer says no: asking another node would not help. */
    public boolean isRefusal() {
        return getCause() == null;
    }

    /** What a reverted call returned, as {@code 0x…}; empty if nothing. */
    public String data() {
        return data == null ? "" : data;
    }
}
