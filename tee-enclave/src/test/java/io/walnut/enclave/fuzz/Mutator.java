package io.walnut.enclave.fuzz;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Makes new inputs from well-formed ones: one to four small changes, or now and then noise. */
final class Mutator {

    private static final byte[] INTERESTING = {0, 1, 0x20, '"', '{', '}', '[', ']', ',', ':', '\\', '0', '-', 'e',
            0x7f, (byte) 0x80, (byte) 0x81, (byte) 0xb7, (byte) 0xb8, (byte) 0xc0, (byte) 0xf7, (byte) 0xf8,
            (byte) 0xff};

    private final Random random;
    private final List<byte[]> seeds;

    Mutator(Random random, List<byte[]> seeds) {
        this.random = random;
        this.seeds = seeds;
    }

    byte[] next() {
        if (random.nextInt(20) == 0) {
            byte[] noise = new byte[random.nextInt(200)];
            random.nextBytes(noise);
            return noise;
        }
        byte[] input = seeds.get(random.nextInt(seeds.size()));
        for (int changes = 1 + random.nextInt(4); changes > 0; changes--) {
            input = changed(input);
        }
        return input;
    }

    private byte[] changed(byte[] input) {
        int at = random.nextInt(input.length + 1);
        int end = Math.min(input.length, at + 1 + random.nextInt(8));
        return switch (random.nextInt(8)) {
            case 0 -> spliced(input, at, end, new byte[0]);
            case 1 -> spliced(input, at, at, new byte[] {interesting()});
            case 2 -> spliced(input, at, Math.min(input.length, at + 1), new byte[] {interesting()});
            case 3 -> spliced(input, at, at, Arrays.copyOfRange(input, at, end));
            case 4 -> Arrays.copyOf(input, at);
            case 5 -> flipped(input);
            case 6 -> spliced(input, at, at, part(seeds.get(random.nextInt(seeds.size()))));
            default -> spliced(input, at, at, repeated());
        };
    }

    private byte[] flipped(byte[] input) {
        byte[] flipped = input.clone();
        if (flipped.length > 0) {
            flipped[random.nextInt(flipped.length)] ^= (byte) (1 << random.nextInt(8));
        }
        return flipped;
    }

    private byte[] part(byte[] seed) {
        int from = random.nextInt(seed.length + 1);
        return Arrays.copyOfRange(seed, from, Math.min(seed.length, from + random.nextInt(64)));
    }

    private byte[] repeated() {
        byte[] repeated = new byte[1 << random.nextInt(12)];
        Arrays.fill(repeated, interesting());
        return repeated;
    }

    private byte interesting() {
        return INTERESTING[random.nextInt(INTERESTING.length)];
    }

    private static byte[] spliced(byte[] input, int from, int to, byte[] middle) {
        var out = new ByteArrayOutputStream(input.length + middle.length);
        out.write(input, 0, from);
        out.writeBytes(middle);
        out.write(input, to, input.length - to);
        return out.toByteArray();
    }
}
