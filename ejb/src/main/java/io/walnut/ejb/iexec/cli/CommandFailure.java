package io.walnut.ejb.iexec.cli;

/** A command could not do what it was told. The message is one line for whoever gave the command. */
final class CommandFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    CommandFailure(String message) {
        super(message);
    }
}
