package io.walnut.devnet.orderbook;

import io.walnut.contracts.Address;
import io.walnut.contracts.Bytes32;
import io.walnut.devnet.http.HttpError;
import io.walnut.devnet.http.Request;
import java.math.BigInteger;
import java.util.Optional;

/**
 * The query of an order book request.
 *
 * <p>Restrictions: an order that is restricted to some app, dataset, workerpool or requester shows when the
 * query names that one or says {@code any}; an unrestricted one shows unless the query is strict about it.
 */
final class OrderFilter {

    private static final String ANY = "any";

    private final OrderKind kind;
    private final Request request;

    OrderFilter(OrderKind kind, Request request) {
        this.kind = kind;
        this.request = request;
    }

    BigInteger minVolume() {
        return request.optional("minVolume").map(OrderFilter::number).orElse(BigInteger.ONE);
    }

    boolean accepts(Order order, Address signer) {
        return isWanted(order) && isSigner(signer) && hasTag(order) && hasTrust(order)
                && request.optional("category").filter(c -> order.values().containsKey("category"))
                        .map(c -> number(c).equals(order.number("category"))).orElse(true)
                && kind.restrictable().stream().allMatch(name -> admits(order, name));
    }

    /** The addresses that the order itself is about. */
    private boolean isWanted(Order order) {
        for (String name : kind == OrderKind.REQUEST
                ? new String[] {"app", "dataset", "workerpool", "requester", "beneficiary"}
                : new String[] {kind.resource()}) {
            Optional<Address> wanted = request.optional(name).filter(text -> !text.equals(ANY)).map(Request::address);
            boolean open = name.equals("workerpool") && kind == OrderKind.REQUEST && order.address(name).isZero()
                    && !isTrue("isWorkerpoolStrict");
            if (wanted.isPresent() && !open && !wanted.get().equals(order.address(name))) {
                return false;
            }
        }
        return true;
    }

    private boolean isSigner(Address signer) {
        return request.optional(kind.resource() + "Owner").filter(text -> !text.equals(ANY))
                .map(Request::address).map(signer::equals).orElse(true);
    }

    private boolean admits(Order order, String name) {
        Address restriction = order.address(name + "restrict");
        Optional<String> asked = request.optional(name);
        if (restriction.isZero()) {
            String strict = "is" + Character.toUpperCase(name.charAt(0)) + name.substring(1) + "Strict";
            return !isTrue(strict);
        }
        return asked.map(text -> text.equals(ANY) || Request.address(text).equals(restriction)).orElse(false);
    }

    private boolean hasTag(Order order) {
        BigInteger tag = order.tag();
        boolean enough = request.optional("minTag").map(OrderFilter::tag).map(min -> tag.and(min).equals(min))
                .orElse(true);
        return enough && request.optional("maxTag").map(OrderFilter::tag).map(max -> tag.andNot(max).signum() == 0)
                .orElse(true);
    }

    private boolean hasTrust(Order order) {
        return switch (kind) {
            case WORKERPOOL -> request.optional("minTrust").map(OrderFilter::number)
                    .map(min -> order.number("trust").compareTo(min) >= 0).orElse(true);
            case REQUEST -> request.optional("maxTrust").map(OrderFilter::number)
                    .map(max -> order.number("trust").compareTo(max) <= 0).orElse(true);
            default -> true;
        };
    }

    private boolean isTrue(String name) {
        return "true".equals(request.query().get(name));
    }

    private static BigInteger tag(String text) {
        try {
            return Bytes32.parse(text).toUnsigned();
        } catch (IllegalArgumentException e) {
            throw new HttpError(400, "a tag is 32 bytes in hexadecimal: " + e.getMessage());
        }
    }

    private static BigInteger number(String text) {
        try {
            return new BigInteger(text);
        } catch (NumberFormatException e) {
            throw new HttpError(400, "not a number: " + text);
        }
    }
}
