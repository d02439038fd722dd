package io.walnut.devnet.http;

/** A request that is answered with an error status and a JSON body {@code {"ok":false,"error":…}}. */
public final class HttpError extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;

    public HttpError(int status, String message) {
        super(message);
        this.status = status;
    }

    public int status() {
        return status;
    }
}
