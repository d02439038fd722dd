package io.walnut.devnet;

import java.nio.file.Path;

/** {@code ./walnut devnet}: the devnet alone, until it is interrupted. */
public final class Main {

    private Main() {
    }

    public static void main(String[] arguments) throws InterruptedException {
        try {
            Devnet devnet = Devnet.start(options(arguments));
            System.out.println(Welcome.text(devnet));
        } catch (DevnetException | IllegalArgumentException e) {
            System.err.println("devnet: " + e.getMessage());
            System.exit(1);
        }
        // Until the process is interrupted: the devnet's shutdown hook then stops everything.
        Thread.currentThread().join();
    }

    private static DevnetOptions options(String[] arguments) {
        Path dir = Path.of(".run", "devnet");
        for (int i = 0; i + 1 < arguments.length; i += 2) {
            if (arguments[i].equals("--dir")) {
                dir = Path.of(arguments[i + 1]);
            }
        }
        return DevnetOptions.in(dir);
    }
}
