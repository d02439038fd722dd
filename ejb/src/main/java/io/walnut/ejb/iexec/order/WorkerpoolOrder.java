package io.walnut.ejb.iexec.order;

import io.walnut.contracts.Address;
import io.walnut.contracts.Bytes32;

import java.math.BigInteger;

/** A worker pool's offer to run tasks of one category. */
public record WorkerpoolOrder(
        Address workerpool,
        BigInteger price,
        BigInteger volume,
        Bytes32 tag,
        BigInteger category,
        BigInteger trust,
        Address appRestriction,
        Address datasetRestriction,
        Address requesterRestriction,
        Bytes32 salt) implements Order {

    private static final Bytes32 TYPE_HASH = StructHash.ofText("WorkerpoolOrder(address workerpool,"
            + "uint256 workerpoolprice,uint256 volume,bytes32 tag,uint256 category,uint256 trust,address apprestrict,"
            + "address datasetrestrict,address requesterrestrict,bytes32 salt)");

    public WorkerpoolOrder {
        Uint256.require("price", price);
        Uint256.require("volume", volume);
        Uint256.require("category", category);
        Uint256.require("trust", trust);
    }

    @Override
    public Bytes32 structHash() {
        return new StructHash(TYPE_HASH).add(workerpool).add(price).add(volume).add(tag).add(category).add(trust)
                .add(appRestriction).add(datasetRestriction).add(requesterRestriction).add(salt).hash();
    }
}
