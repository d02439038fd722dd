package io.walnut.ejb.iexec.sms;

/**
 * What became of a secret that was to be stored. An unreachable service is not among these: that is a
 * transient {@link io.walnut.ejb.iexec.IexecException}, and the caller asks again.
 */
public sealed interface SecretAnswer {

    /** The service holds the secret now (204). */
    record Stored() implements SecretAnswer {
    }

    /**
     * The service held a secret of that name before: our own from an earlier attempt, when the name is one
     * that only this request uses.
     */
    record AlreadyStored() implements SecretAnswer {
    }

    /**
     * The service will not store it, however often it is asked.
     *
     * @param status the HTTP status
     * @param message one line without the secret
     */
    record Refused(Code code, int status, String message) implements SecretAnswer {
    }

    /** Stable. */
    enum Code {
        /** 401: the signer does not own the app, data set or name. */
        SMS_WRONG_SIGNER,
        /** 400 or 413: longer than the service takes, or a name that it does not take. */
        SMS_BAD_SECRET
    }

    /** Whether the secret is at the service. */
    default boolean isStored() {
        return !(this instanceof Refused);
    }
}
