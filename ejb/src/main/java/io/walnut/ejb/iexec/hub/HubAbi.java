package io.walnut.ejb.iexec.hub;

import io.walnut.contracts.Address;
import io.walnut.contracts.Bytes32;
import io.walnut.ejb.iexec.order.AppOrder;
import io.walnut.ejb.iexec.order.DatasetOrder;
import io.walnut.ejb.iexec.order.Order;
import io.walnut.ejb.iexec.order.RequestOrder;
import io.walnut.ejb.iexec.order.SignedOrder;
import io.walnut.ejb.iexec.order.WorkerpoolOrder;
import org.web3j.abi.FunctionEncoder;
import org.web3j.abi.datatypes.DynamicBytes;
import org.web3j.abi.datatypes.DynamicStruct;
import org.web3j.abi.datatypes.Function;
import org.web3j.abi.datatypes.Type;
import org.web3j.abi.datatypes.Utf8String;
import org.web3j.abi.datatypes.generated.Uint256;

import java.math.BigInteger;
import java.util.List;

/** Encodes calls to the hub, the registries and the RLC token. */
final class HubAbi {

    private HubAbi() {
    }

    static String call(String function, Type<?>... arguments) {
        return FunctionEncoder.encode(new Function(function, List.of(arguments), List.of()));
    }

    static Type<?> word(Address value) {
        return new org.web3j.abi.datatypes.Address(value.hex());
    }

    static Type<?> word(BigInteger value) {
        return new Uint256(value);
    }

    static Type<?> word(Bytes32 value) {
        return new org.web3j.abi.datatypes.generated.Bytes32(value.bytes());
    }

    static Type<?> text(String value) {
        return new Utf8String(value);
    }

    static Type<?> bytes(byte[] value) {
        return new DynamicBytes(value);
    }

    /** The order and its signature as the struct that {@code matchOrders} takes. */
    static DynamicStruct struct(SignedOrder<? extends Order> signed) {
        Type<?> sign = bytes(signed.signature().bytes());
        return switch (signed.order()) {
            case AppOrder o -> new DynamicStruct(word(o.app()), word(o.price()), word(o.volume()), word(o.tag()),
                    word(o.datasetRestriction()), word(o.workerpoolRestriction()), word(o.requesterRestriction()),
                    word(o.salt()), sign);
            case DatasetOrder o -> new DynamicStruct(word(o.dataset()), word(o.price()), word(o.volume()),
                    word(o.tag()), word(o.appRestriction()), word(o.workerpoolRestriction()),
                    word(o.requesterRestriction()), word(o.salt()), sign);
            case WorkerpoolOrder o -> new DynamicStruct(word(o.workerpool()), word(o.price()), word(o.volume()),
                    word(o.tag()), word(o.category()), word(o.trust()), word(o.appRestriction()),
                    word(o.datasetRestriction()), word(o.requesterRestriction()), word(o.salt()), sign);
            case RequestOrder o -> new DynamicStruct(word(o.app()), word(o.appMaxPrice()), word(o.dataset()),
                    word(o.datasetMaxPrice()), word(o.workerpool()), word(o.workerpoolMaxPrice()),
                    word(o.requester()), word(o.volume()), word(o.tag()), word(o.category()), word(o.trust()),
                    word(o.beneficiary()), word(o.callback()), text(o.params()), word(o.salt()), sign);
        };
    }
}
