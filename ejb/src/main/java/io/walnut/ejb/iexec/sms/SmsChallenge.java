package io.walnut.ejb.iexec.sms;

import io.walnut.contracts.Address;
import io.walnut.contracts.Bytes32;
import io.walnut.contracts.Keccak;

import java.nio.charset.StandardCharsets;

/** What is signed (EIP-191, over the 32 raw bytes) to store a secret: SMS 9.3.1, the same in both SDKs. */
final class SmsChallenge {

    private static final Bytes32 DOMAIN = Keccak.hash("IEXEC_SMS_DOMAIN".getBytes(StandardCharsets.US_ASCII));

    private SmsChallenge() {
    }

    /** For a secret that is known by its owner's (or app's) address and a key: requester, app, web2. */
    static Bytes32 named(Address owner, String key, byte[] value) {
        return Keccak.hash(DOMAIN.bytes(), owner.bytes(),
                Keccak.hash(key.getBytes(StandardCharsets.UTF_8)).bytes(), Keccak.hash(value).bytes());
    }

    /** For a data set's key, which is known by the data set's address alone. */
    static Bytes32 web3(Address dataset, byte[] value) {
        return Keccak.hash(DOMAIN.bytes(), dataset.bytes(), Keccak.hash(value).bytes());
    }
}
