package io.walnut.ejb.iexec.hub;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.walnut.contracts.Hex;
import io.walnut.ejb.iexec.SdkVectors;
import org.junit.jupiter.api.Test;
import org.web3j.crypto.Credentials;
import org.web3j.crypto.RawTransaction;
import org.web3j.crypto.TransactionEncoder;

import java.math.BigInteger;

/** Against web3j's own signing; that a chain takes what is signed is shown by HubTest. */
class TransactionSenderTest {

    private static final long CHAIN = 134;
    private static final String TO = "0x1111111111111111111111111111111111111111";

    private static void assertSignedAsByWeb3j(RawTransaction transaction) {
        var credentials = Credentials.create(SdkVectors.ALL.get("privateKey").textValue());
        try (var key = SdkVectors.key()) {
            assertEquals(Hex.encode(TransactionEncoder.signMessage(transaction, CHAIN, credentials)),
                    Hex.encode(TransactionSender.sign(transaction, CHAIN, key)));
        }
    }

    @Test
    void transactionsOfAChainWithoutBaseFeeAreSignedForThatChain() {
        for (int nonce = 0; nonce < 8; nonce++) {
            assertSignedAsByWeb3j(RawTransaction.createTransaction(BigInteger.valueOf(nonce), BigInteger.ZERO,
                    BigInteger.valueOf(21_000), TO, BigInteger.TEN, "0xabcd"));
        }
    }

    @Test
    void transactionsOfAChainWithBaseFeeAreTyped() {
        for (int nonce = 0; nonce < 8; nonce++) {
            assertSignedAsByWeb3j(RawTransaction.createTransaction(CHAIN, BigInteger.valueOf(nonce),
                    BigInteger.valueOf(21_000), TO, BigInteger.TEN, "0xabcd", BigInteger.ONE, BigInteger.TEN));
        }
    }
}
