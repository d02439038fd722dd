package io.walnut.devnet;

/** {@code ./walnut devnet}: the devnet alone, until it is interrupted. */
public final class Main {

    private Main() {
    }

    public static void main(String[] arguments) throws InterruptedException {
        try {
            Devnet devnet = Devnet.start(CommandLine.parse(arguments));
            System.out.println(Welcome.text(devnet));
        } catch (DevnetException e) {
            System.err.println("devnet: " + e.getMessage());
            System.exit(1);
        }
        // Until the process is interrupted: the devnet's shutdown hook then stops everything.
        Thread.currentThread().join();
    }
}
