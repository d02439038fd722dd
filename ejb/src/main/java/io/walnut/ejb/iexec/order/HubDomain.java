package io.walnut.ejb.iexec.order;

import io.walnut.contracts.Address;
import io.walnut.contracts.Bytes32;
import io.walnut.contracts.Keccak;

import java.math.BigInteger;

/**
 * The EIP-712 domain of one hub, as its {@code domain()} tells it (PoCo 6.1.0: iExecODB, 5.0.0).
 * An order is known by its digest under this domain; the protocol calls that digest the order hash.
 */
public record HubDomain(String name, String version, BigInteger chainId, Address hub) {

    private static final Bytes32 TYPE_HASH = StructHash.ofText(
            "EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)");
    private static final byte[] PREFIX = {0x19, 0x01};

    public HubDomain {
        Uint256.require("chain id", chainId);
    }

    public Bytes32 separator() {
        return new StructHash(TYPE_HASH).add(name).add(version).add(chainId).add(hub).hash();
    }

    /** The hash that the hub, the order book and the SDK know the order by. */
    public Bytes32 hash(Order order) {
        return Keccak.hash(PREFIX, separator().bytes(), order.structHash().bytes());
    }
}
