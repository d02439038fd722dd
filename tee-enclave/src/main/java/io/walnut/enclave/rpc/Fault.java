package io.walnut.enclave.rpc;

/** What was wrong with a provider's answer. */
public enum Fault {
    /** No connection, no answer in time, or not HTTP 200. */
    UNREACHABLE,
    /** Longer than the limit. */
    OVERSIZED,
    /** Not a JSON-RPC answer of the expected shape. */
    MALFORMED,
    /** A JSON-RPC error, or null where there should be a value. */
    DECLINED,
    /** Another chain id. */
    WRONG_CHAIN,
    /** A header that does not hash to what the provider calls its hash, or of another height. */
    WRONG_HEADER
}
