package io.walnut.enclave.rpc;

import java.time.Duration;

/**
 * How long and how much a provider may answer.
 *
 * @param answer time for one answer, from connecting to its last byte
 * @param round time for all providers to answer one question, which may take each of them two calls
 * @param bytes of one answer's body
 */
public record RpcLimits(Duration answer, Duration round, int bytes) {

    /** A block without transaction bodies is below 300 kB on every chain named in the run book. */
    public static final RpcLimits STANDARD =
            new RpcLimits(Duration.ofSeconds(8), Duration.ofSeconds(10), 1_048_576);
}
