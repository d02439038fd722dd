package io.walnut.ejb.iexec.hub;

import static io.walnut.ejb.iexec.hub.HubAbi.bytes;
import static io.walnut.ejb.iexec.hub.HubAbi.text;
import static io.walnut.ejb.iexec.hub.HubAbi.word;

import io.walnut.contracts.Address;
import io.walnut.contracts.Bytes32;
import org.web3j.abi.datatypes.Type;

import java.nio.charset.StandardCharsets;

/** What can be registered. Its address follows from these values, so registering twice is impossible. */
public sealed interface Resource {

    Address owner();

    /**
     * An app's image.
     *
     * @param image such as {@code docker.io/walnut/enclave:1.0.0}
     * @param checksum the image's digest
     * @param enclave the TEE description as JSON for SCONE, empty for TDX
     */
    record App(Address owner, String name, String image, Bytes32 checksum, String enclave) implements Resource {
    }

    /**
     * A data set.
     *
     * @param location {@code /ipfs/<cid>} or an https URL
     * @param checksum SHA-256 of the encrypted file
     */
    record Dataset(Address owner, String name, String location, Bytes32 checksum) implements Resource {
    }

    /** A worker pool; the portal needs none of its own, a test network does. */
    record Workerpool(Address owner, String description) implements Resource {
    }

    default Type<?>[] arguments() {
        return switch (this) {
            case App app -> new Type<?>[] {word(app.owner()), text(app.name()), text("DOCKER"),
                    bytes(app.image().getBytes(StandardCharsets.UTF_8)), word(app.checksum()),
                    bytes(app.enclave().getBytes(StandardCharsets.UTF_8))};
            case Dataset dataset -> new Type<?>[] {word(dataset.owner()), text(dataset.name()),
                    bytes(Multiaddress.encode(dataset.location())), word(dataset.checksum())};
            case Workerpool pool -> new Type<?>[] {word(pool.owner()), text(pool.description())};
        };
    }

    /** As it stands in the registries' function names. */
    default String kind() {
        return getClass().getSimpleName();
    }
}
