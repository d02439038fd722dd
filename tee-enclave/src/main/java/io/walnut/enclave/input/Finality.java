package io.walnut.enclave.input;

/** Which block is taken as final. */
public sealed interface Finality {

    /** The block that the chain's consensus calls finalized. */
    record Finalized() implements Finality {
    }

    /** @param blocks how far to stay behind the head, 1 to {@value #MAX} */
    record Depth(int blocks) implements Finality {

        public static final int MAX = 1_000_000;
    }
}
