package io.walnut.ejb.iexec.order;

import io.walnut.contracts.Address;
import io.walnut.contracts.Bytes32;

import java.math.BigInteger;

/** The app owner's offer to run the app. */
public record AppOrder(
        Address app,
        BigInteger price,
        BigInteger volume,
        Bytes32 tag,
        Address datasetRestriction,
        Address workerpoolRestriction,
        Address requesterRestriction,
        Bytes32 salt) implements Order {

    private static final Bytes32 TYPE_HASH = StructHash.ofText("AppOrder(address app,uint256 appprice,uint256 volume,"
            + "bytes32 tag,address datasetrestrict,address workerpoolrestrict,address requesterrestrict,bytes32 salt)");

    public AppOrder {
        Uint256.require("price", price);
        Uint256.require("volume", volume);
    }

    /** Open to every data set, worker pool and requester. */
    public static AppOrder open(Address app, BigInteger price, BigInteger volume, Bytes32 tag, Bytes32 salt) {
        return new AppOrder(app, price, volume, tag, Address.ZERO, Address.ZERO, Address.ZERO, salt);
    }

    @Override
    public Bytes32 structHash() {
        return new StructHash(TYPE_HASH).add(app).add(price).add(volume).add(tag).add(datasetRestriction)
                .add(workerpoolRestriction).add(requesterRestriction).add(salt).hash();
    }
}
