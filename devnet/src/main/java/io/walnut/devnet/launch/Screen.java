package io.walnut.devnet.launch;

import java.io.PrintStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.util.List;

/** Prints numbered steps, each with the time since the step before. */
final class Screen {

    private static final int ETHER_DECIMALS = 18;

    private final PrintStream out;
    private long last = System.nanoTime();
    private int number;

    Screen(PrintStream out) {
        this.out = out;
    }

    void step(String what, String detail) {
        step(what, detail, List.of());
    }

    /** A step that has just ended, and what came of it. */
    void step(String what, String detail, List<String> notes) {
        long now = System.nanoTime();
        out.printf("%2d  %-46s %7s  %s%n", ++number, what, seconds(Duration.ofNanos(now - last)), detail);
        notes.forEach(note -> out.println("      " + note));
        last = now;
    }

    static String seconds(Duration duration) {
        return "%.1f s".formatted(duration.toMillis() / 1000.0);
    }

    static String ether(BigInteger wei) {
        return new BigDecimal(wei, ETHER_DECIMALS).stripTrailingZeros().toPlainString() + " ETH";
    }
}
