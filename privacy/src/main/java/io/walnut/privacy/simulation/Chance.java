package io.walnut.privacy.simulation;

import io.walnut.contracts.Address;
import io.walnut.contracts.Bytes32;
import java.util.SplittableRandom;

/** Draws for the simulation. Never for keys: the generator is chosen to repeat. */
final class Chance {

    final SplittableRandom random;

    Chance(long seed) {
        random = new SplittableRandom(seed);
    }

    boolean happens(double share) {
        return random.nextDouble() < share;
    }

    /** @return between {@code from} and {@code to}, both included */
    int between(int from, int to) {
        return random.nextInt(from, to + 1);
    }

    <T> T oneOf(java.util.List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    double lognormal(double median, double sigma) {
        return median * Math.exp(sigma * random.nextGaussian());
    }

    /** Days to the next event of a Poisson process. */
    double waitingDays(double perDay) {
        return -Math.log1p(-random.nextDouble()) / perDay;
    }

    Address address() {
        return Address.of(bytes(Address.LENGTH));
    }

    Bytes32 bytes32() {
        return Bytes32.of(bytes(Bytes32.LENGTH));
    }

    private byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }
}
