package io.walnut.ejb.iexec.cli;

import io.walnut.ejb.iexec.IexecClient;
import io.walnut.ejb.iexec.SigningKey;
import io.walnut.ejb.iexec.hub.HubCall;

import java.io.PrintStream;
import java.util.function.Supplier;

/**
 * What a command works with. Everything that changes something goes through {@link #send} or
 * {@link #change}, which without {@code --send} only say what they would do.
 */
record Context(IexecClient client, SigningKey key, boolean sending, PrintStream out) {

    void say(String line) {
        out.println(line);
    }

    void send(HubCall call) {
        change(call.purpose() + ", by a transaction to " + call.to(),
                () -> "transaction " + client.sender().send(call, key));
    }

    /** @param action does it, and gives a line about it */
    void change(String what, Supplier<String> action) {
        if (sending) {
            say("did:   " + what + "\n       " + action.get());
        } else {
            say("would: " + what);
        }
    }
}
