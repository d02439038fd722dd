package io.walnut.privacy.receipt;

/** The steps of a receipt's check, in their order. The names are stable: they say where a bad receipt failed. */
public enum Step {

    FORMAT("the file is a receipt"),
    SIGNATURE("the signature is the signer's, over exactly this receipt"),
    NOTES("each note lies in the deposit, once"),
    CHAIN("the node is on the receipt's chain"),
    DEPOSIT("the escrow holds the deposit, made in the named transaction"),
    SIGNER("the signer is the depositor, or the key that the company announced"),
    REDEMPTION("each note was redeemed in the named transaction, or not at all"),
    FINALITY("the transactions are final");

    private final String meaning;

    Step(String meaning) {
        this.meaning = meaning;
    }

    public String meaning() {
        return meaning;
    }
}
