package io.walnut.devnet;

/** What the devnet prints when it is up. */
final class Welcome {

    private Welcome() {
    }

    static String text(Devnet devnet) {
        return "chain " + devnet.rpcUrl() + " hub " + devnet.poco().hub();
    }
}
