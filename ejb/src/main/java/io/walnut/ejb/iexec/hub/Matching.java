package io.walnut.ejb.iexec.hub;

import io.walnut.contracts.Address;
import io.walnut.ejb.iexec.market.Offer;
import io.walnut.ejb.iexec.order.DealId;
import io.walnut.ejb.iexec.order.RequestOrder;
import io.walnut.ejb.iexec.order.SignedOrder;

import java.math.BigInteger;
import java.util.Map;
import java.util.Optional;

/**
 * Turns a signed request and an offer into a deal. The deal's id follows from the request order alone, so
 * whether it was made before can be asked at any time; that is always asked first.
 */
public final class Matching {

    private final Hub hub;
    private final Funds funds;

    public Matching(Hub hub, Funds funds) {
        this.hub = hub;
        this.funds = funds;
    }

    /** What to do next. */
    public sealed interface Plan {

        /** Done before, by whomever: go on with the deal. */
        record Matched(Deal deal) implements Plan {
        }

        /**
         * Everything was checked, by simulation too: send it.
         *
         * @param cost what is locked of the requester's stake, at most, in nRLC
         */
        record Ready(HubCall call, BigInteger cost) implements Plan {
        }

        /** The requester's stake does not suffice. */
        record Unfunded(Funds.Check check) implements Plan {
        }

        /** @param message one line: what is wrong, and what to do where something can be done */
        record Impossible(Code code, String message) implements Plan {
        }
    }

    /** Stable. */
    public enum Code {
        /** The request order was cancelled: make a new request. */
        REQUEST_CANCELLED,
        /** The app's order was revoked, used up or is not valid: look for another offer. */
        APP_ORDER_UNUSABLE,
        DATASET_ORDER_UNUSABLE,
        /** Also when the worker pool's owner has too little stake. */
        WORKERPOOL_ORDER_UNUSABLE,
        /** The orders do not fit each other. */
        ORDERS_INCOMPATIBLE,
        /** For another reason, which the message gives. */
        MATCH_REFUSED
    }

    /** The deal of a request, whoever matched it. */
    public Optional<Deal> find(SignedOrder<RequestOrder> request) {
        return hub.deal(DealId.first(hub.domain().hash(request.order())));
    }

    public Plan plan(SignedOrder<RequestOrder> request, Offer offer) {
        return plan(request, offer, 1);
    }

    /**
     * @param waiting how many requests of this requester wait for a match, this one among them: they draw on one
     *     stake, so it is filled up for all of them at once, as far as the wallet suffices
     */
    public Plan plan(SignedOrder<RequestOrder> request, Offer offer, long waiting) {
        Optional<Deal> deal = find(request);
        if (deal.isPresent()) {
            return new Plan.Matched(deal.get());
        }
        RequestOrder order = request.order();
        if (hub.consumed(hub.domain().hash(order)).compareTo(order.volume()) >= 0) {
            return new Plan.Impossible(Code.REQUEST_CANCELLED, "the request order was cancelled: make a new request");
        }
        BigInteger cost = offer.cost(order.volume());
        Funds.Check check = funds.check(order.requester(), cost.multiply(BigInteger.valueOf(waiting)));
        if (check instanceof Funds.Check.NotEnough && waiting > 1) {
            check = funds.check(order.requester(), cost);
        }
        if (!(check instanceof Funds.Check.Enough)) {
            return new Plan.Unfunded(check);
        }
        HubCall call = HubCall.of(hub.address(), HubAbi.call("matchOrders", HubAbi.struct(offer.app()),
                HubAbi.struct(offer.dataset()), HubAbi.struct(offer.workerpool()), HubAbi.struct(request)),
                "match the orders of iExec deal " + DealId.first(hub.domain().hash(order)));
        return switch (hub.simulate(order.requester(), call)) {
            case Hub.Outcome.Returned returned -> new Plan.Ready(call, cost);
            case Hub.Outcome.Reverted reverted -> explain(reverted.reason(), offer, check);
        };
    }

    private Plan explain(String reason, Offer offer, Funds.Check check) {
        for (var refusal : REFUSALS.entrySet()) {
            if (reason.contains(refusal.getKey())) {
                return refusal.getValue();
            }
        }
        if (reason.contains("IexecEscrow: Transfer amount exceeds balance") || reason.contains("amount exceeds")) {
            Address pool = offer.workerpool().order().workerpool();
            return new Plan.Impossible(Code.WORKERPOOL_ORDER_UNUSABLE, "the owner of worker pool " + pool
                    + " has too little stake for this deal: look for another offer");
        }
        return new Plan.Impossible(Code.MATCH_REFUSED, "the hub refuses this match: " + reason);
    }

    private static Plan.Impossible incompatible(String what) {
        return new Plan.Impossible(Code.ORDERS_INCOMPATIBLE, "the orders do not fit each other: " + what);
    }

    private static Plan.Impossible unusable(Code code, String what) {
        return new Plan.Impossible(code, what + ": look for another offer");
    }

    /** The hub's codes (IexecPoco1Facet of PoCo 6.1.0). */
    private static final Map<String, Plan> REFUSALS = Map.ofEntries(
            refusal("0x00", incompatible("another category than the worker pool's")),
            refusal("0x01", incompatible("the hub has no such category")),
            refusal("0x02", incompatible("more trust asked than the worker pool gives")),
            refusal("0x03", incompatible("the app costs more than the request allows")),
            refusal("0x04", incompatible("the data set costs more than the request allows")),
            refusal("0x05", incompatible("the worker pool costs more than the request allows")),
            refusal("0x06", incompatible("the worker pool lacks a tag, such as the TEE framework's")),
            refusal("0x07", incompatible("the app's order lacks the tee tag")),
            refusal("0x10", incompatible("another app than requested")),
            refusal("0x11", incompatible("another data set than requested")),
            refusal("0x12", incompatible("another worker pool than requested")),
            refusal("0x13", incompatible("the app's order is for another data set")),
            refusal("0x14", incompatible("the app's order is for another worker pool")),
            refusal("0x15", incompatible("the app's order is for another requester")),
            refusal("0x16", incompatible("the data set's order is for another app")),
            refusal("0x17", incompatible("the data set's order is for another worker pool")),
            refusal("0x18", incompatible("the data set's order is for another requester")),
            refusal("0x19", incompatible("the worker pool's order is for another app")),
            refusal("0x1a", incompatible("the worker pool's order is for another data set")),
            refusal("0x1b", incompatible("the worker pool's order is for another requester")),
            refusal("0x20", unusable(Code.APP_ORDER_UNUSABLE, "the app is not registered")),
            refusal("0x21", unusable(Code.APP_ORDER_UNUSABLE, "the app's order is not signed by its owner")),
            refusal("0x30", unusable(Code.DATASET_ORDER_UNUSABLE, "the data set is not registered")),
            refusal("0x31", unusable(Code.DATASET_ORDER_UNUSABLE, "the data set's order is not signed by its owner")),
            refusal("0x40", unusable(Code.WORKERPOOL_ORDER_UNUSABLE, "the worker pool is not registered")),
            refusal("0x41", unusable(Code.WORKERPOOL_ORDER_UNUSABLE,
                    "the worker pool's order is not signed by its owner")),
            refusal("0x50", new Plan.Impossible(Code.MATCH_REFUSED,
                    "the request order is not signed by its requester: check the requester's key")),
            refusal("0x60", unusable(Code.ORDERS_INCOMPATIBLE, "one of the orders is used up")));

    private static Map.Entry<String, Plan> refusal(String code, Plan plan) {
        return Map.entry("iExecV5-matchOrders-" + code, plan);
    }
}
