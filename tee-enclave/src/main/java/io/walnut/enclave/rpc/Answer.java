package io.walnut.enclave.rpc;

/**
 * What came of one question to one provider.
 *
 * @param <T> what was asked for
 */
public sealed interface Answer<T> {

    Provider provider();

    record Given<T>(Provider provider, T value) implements Answer<T> {
    }

    record Failed<T>(Provider provider, Fault fault) implements Answer<T> {
    }
}
