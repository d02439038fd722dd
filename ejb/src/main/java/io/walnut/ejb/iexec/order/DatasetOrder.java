package io.walnut.ejb.iexec.order;

import io.walnut.contracts.Address;
import io.walnut.contracts.Bytes32;

import java.math.BigInteger;

/** The data set owner's offer to let an app read the data set. */
public record DatasetOrder(
        Address dataset,
        BigInteger price,
        BigInteger volume,
        Bytes32 tag,
        Address appRestriction,
        Address workerpoolRestriction,
        Address requesterRestriction,
        Bytes32 salt) implements Order {

    private static final Bytes32 TYPE_HASH = StructHash.ofText("DatasetOrder(address dataset,uint256 datasetprice,"
            + "uint256 volume,bytes32 tag,address apprestrict,address workerpoolrestrict,address requesterrestrict,"
            + "bytes32 salt)");

    /** Stands in a deal for "no data set". */
    public static final DatasetOrder NONE = new DatasetOrder(Address.ZERO, BigInteger.ZERO, BigInteger.ZERO,
            Bytes32.ZERO, Address.ZERO, Address.ZERO, Address.ZERO, Bytes32.ZERO);

    public DatasetOrder {
        Uint256.require("price", price);
        Uint256.require("volume", volume);
    }

    /** For one app only: a confidential data set that any app may read is not confidential. */
    public static DatasetOrder forApp(Address dataset, BigInteger price, BigInteger volume, Bytes32 tag, Address app,
            Bytes32 salt) {
        return new DatasetOrder(dataset, price, volume, tag, app, Address.ZERO, Address.ZERO, salt);
    }

    @Override
    public Bytes32 structHash() {
        return new StructHash(TYPE_HASH).add(dataset).add(price).add(volume).add(tag).add(appRestriction)
                .add(workerpoolRestriction).add(requesterRestriction).add(salt).hash();
    }
}
