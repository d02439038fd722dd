package io.walnut.ejb.iexec.result;

/** Why bytes are not a result archive. The message never repeats them. */
final class MalformedArchive extends Exception {

    private static final long serialVersionUID = 1L;

    MalformedArchive(String message) {
        super(message);
    }
}
