package io.walnut.devnet.launch;

import java.util.concurrent.CountDownLatch;

/** {@code ./walnut up}: the devnet and the portal until Ctrl-C. */
public final class Up {

    private Up() {
    }

    public static void main(String[] arguments) throws InterruptedException {
        try {
            Stage stage = Stage.start(Arguments.parse("up", arguments));
            Runtime.getRuntime().addShutdownHook(new Thread(stage::close, "stop"));
            System.out.println(text(stage));
            new CountDownLatch(1).await();
        } catch (LaunchException e) {
            System.err.println("walnut: " + e.getMessage());
            System.exit(1);
        }
    }

    private static String text(Stage stage) {
        return """

                Walnut is up (the portal took %.1f s).

                  portal     %s
                  sign in    tina / tina-walnut   treasurer: makes batches, funds them, sends links
                             adam / adam-walnut   approver: the second person
                             olga / olga-walnut   auditor: reads everything, changes nothing
                  chain      %s   (chain id %d)

                Try it: sign in as tina, create a batch from a CSV file, submit it; sign in as adam and
                approve it; as tina, fund it. When its links are ready, reveal one and open it in a
                private window: that is what a recipient sees.

                Ctrl-C stops everything; the next start begins with an empty chain.
                """.formatted(stage.portal().bootTime().toMillis() / 1000.0, stage.portal().address(),
                stage.devnet().rpcUrl(), io.walnut.devnet.Devnet.CHAIN_ID);
    }
}
