package io.walnut.ejb.iexec.order;

import io.walnut.contracts.Address;
import io.walnut.contracts.Bytes32;

import java.math.BigInteger;

/**
 * The requester's demand for tasks.
 *
 * @param dataset zero for none
 * @param workerpool zero for any
 * @param trust the least trust; a deal's trust is max(1, this)
 * @param beneficiary whose result key the result is encrypted to
 * @param callback zero for none
 * @param params the deal parameters as JSON text, see {@link DealParams}; public
 */
public record RequestOrder(
        Address app,
        BigInteger appMaxPrice,
        Address dataset,
        BigInteger datasetMaxPrice,
        Address workerpool,
        BigInteger workerpoolMaxPrice,
        Address requester,
        BigInteger volume,
        Bytes32 tag,
        BigInteger category,
        BigInteger trust,
        Address beneficiary,
        Address callback,
        String params,
        Bytes32 salt) implements Order {

    private static final Bytes32 TYPE_HASH = StructHash.ofText("RequestOrder(address app,uint256 appmaxprice,"
            + "address dataset,uint256 datasetmaxprice,address workerpool,uint256 workerpoolmaxprice,address requester,"
            + "uint256 volume,bytes32 tag,uint256 category,uint256 trust,address beneficiary,address callback,"
            + "string params,bytes32 salt)");

    public RequestOrder {
        Uint256.require("app price", appMaxPrice);
        Uint256.require("data set price", datasetMaxPrice);
        Uint256.require("worker pool price", workerpoolMaxPrice);
        Uint256.require("volume", volume);
        Uint256.require("category", category);
        Uint256.require("trust", trust);
    }

    @Override
    public Bytes32 structHash() {
        return new StructHash(TYPE_HASH).add(app).add(appMaxPrice).add(dataset).add(datasetMaxPrice).add(workerpool)
                .add(workerpoolMaxPrice).add(requester).add(volume).add(tag).add(category).add(trust).add(beneficiary)
                .add(callback).add(params).add(salt).hash();
    }
}
