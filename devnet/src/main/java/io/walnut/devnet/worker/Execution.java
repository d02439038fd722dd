package io.walnut.devnet.worker;

import io.walnut.contracts.Bytes32;

/** How running an app for a task ended. */
sealed interface Execution {

    /**
     * @param digest what the worker commits to
     * @param location of the packed result: {@code /ipfs/CID}; empty for a callback
     * @param callback what the hub passes to the callback contract; empty without one
     */
    record Done(Bytes32 digest, String location, byte[] callback) implements Execution {

        /** As the hub stores it, and as clients read it. */
        String results() {
            return location.isEmpty() ? "{\"storage\":\"none\"}"
                    : "{\"storage\":\"ipfs\",\"location\":\"" + location + "\"}";
        }
    }

    /** @param reason one line without secrets */
    record Failed(String reason) implements Execution {
    }
}
