package io.walnut.enclave.chain;

import io.walnut.contracts.Address;
import io.walnut.contracts.Bytes32;
import io.walnut.contracts.Hex;
import io.walnut.contracts.Keccak;
import java.math.BigInteger;
import java.util.List;
import java.util.stream.Collectors;

/** A state with a few hundred accounts, one of which has a few hundred slots, and the proof of one of them. */
public final class SmallState {

    private static final int NEIGHBOURS = 300;

    private final ReferenceTrie accounts = new ReferenceTrie();
    private final ReferenceTrie slots = new ReferenceTrie();
    private final byte[] address;
    private final byte[] slot;

    public SmallState(Address account, Bytes32 slot, byte[] word) {
        this.address = hashed(account.bytes());
        this.slot = hashed(slot.bytes());
        slots.put(this.slot, Rlp.encodeBytes(Quantity.minimalBytes(new BigInteger(1, word))));
        for (int i = 0; i < NEIGHBOURS; i++) {
            byte[] key = hashed(new byte[] {(byte) (i >> 8), (byte) i});
            slots.put(key, Rlp.encodeBytes(new byte[] {1}));
            accounts.put(key, account(Keccak.hash()));
        }
        accounts.put(address, account(slots.root()));
    }

    public Bytes32 root() {
        return accounts.root();
    }

    public String proofJson() {
        return "{\"accountProof\":" + json(accounts.proof(address)) + ",\"storageProof\":[{\"proof\":"
                + json(slots.proof(slot)) + "}]}";
    }

    private static String json(List<byte[]> nodes) {
        return nodes.stream().map(node -> '"' + Hex.encode(node) + '"').collect(Collectors.joining(",", "[", "]"));
    }

    private static byte[] account(Bytes32 storageRoot) {
        return Rlp.encodeList(List.of(Rlp.encodeBytes(new byte[] {1}), Rlp.encodeBytes(new byte[0]),
                Rlp.encodeBytes(storageRoot.bytes()), Rlp.encodeBytes(Keccak.hash().bytes())));
    }

    private static byte[] hashed(byte[] key) {
        return Nibbles.of(Keccak.hash(key).bytes());
    }
}
