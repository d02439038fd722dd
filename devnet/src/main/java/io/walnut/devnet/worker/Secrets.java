package io.walnut.devnet.worker;

import io.walnut.contracts.Address;
import java.util.Optional;

/** What an enclave gets from the SMS once it has proved which program it is. */
public interface Secrets {

    Optional<byte[]> requesterSecret(Address requester, String name);

    Optional<byte[]> appSecret(Address app);

    /** The key that decrypts a dataset, as stored: base64. */
    Optional<byte[]> datasetKey(Address dataset);

    Optional<byte[]> web2Secret(Address owner, String name);
}
