package io.walnut.devnet.orderbook;

import io.walnut.contracts.Address;
import io.walnut.contracts.Bytes32;
import io.walnut.devnet.poco.Hub;
import io.walnut.devnet.rpc.Signatures;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** The published orders, kept in memory. Volume and owners are the chain's; nothing of them is kept here. */
public final class OrderBook {

    /** Why an order is not published. */
    public static final class Refused extends RuntimeException {

        private static final long serialVersionUID = 1L;

        Refused(String message) {
            super(message);
        }
    }

    private final ConcurrentMap<Bytes32, PublishedOrder> orders = new ConcurrentHashMap<>();
    private final Hub hub;
    private final Bytes32 domainSeparator;

    public OrderBook(Hub hub) {
        this.hub = hub;
        this.domainSeparator = hub.domainSeparator();
    }

    /** What orders for this hub are signed under. */
    public Bytes32 domainSeparator() {
        return domainSeparator;
    }

    /**
     * @return the order's hash
     * @throws Refused when the resource is not registered, the signature is not its owner's, nothing is left
     *     of the volume, or the order stands already
     */
    public Bytes32 publish(Order order) {
        Bytes32 hash = order.hash(domainSeparator);
        Address signer = signer(order);
        boolean signed = Signatures.signerOfHash(hash, order.sign()).equals(Optional.of(signer));
        if (!signed && !hub.isPresigned(hash)) {
            throw new Refused("invalid sign: " + order.kind().label() + " is not signed by " + signer);
        }
        if (remaining(order, hash).signum() <= 0) {
            throw new Refused("nothing is left of the order's volume");
        }
        if (orders.putIfAbsent(hash, new PublishedOrder(order, hash, signer, Instant.now())) != null) {
            throw new Refused("the order is already published");
        }
        return hash;
    }

    /** @return what was taken down: nothing when {@code signer} has no such order */
    public List<Bytes32> unpublish(Collection<Bytes32> hashes, Address signer) {
        return hashes.stream().filter(hash -> {
            PublishedOrder order = orders.get(hash);
            return order != null && order.signer().equals(signer) && orders.remove(hash, order);
        }).toList();
    }

    Optional<PublishedOrder> find(OrderKind kind, Bytes32 hash) {
        return Optional.ofNullable(orders.get(hash)).filter(published -> published.order().kind() == kind);
    }

    List<PublishedOrder> all(OrderKind kind) {
        return orders.values().stream().filter(published -> published.order().kind() == kind)
                .sorted(Comparator.comparing(PublishedOrder::published)).toList();
    }

    /** How many orders of each kind stand. */
    public Map<OrderKind, Long> counts() {
        var counts = new EnumMap<OrderKind, Long>(OrderKind.class);
        for (OrderKind kind : OrderKind.values()) {
            counts.put(kind, (long) all(kind).size());
        }
        return counts;
    }

    /**
     * Open orders that pass the filter, the best price first: the lowest asked, of requests the highest offered.
     */
    List<PublishedOrder> open(OrderKind kind, OrderFilter filter) {
        var open = new ArrayList<PublishedOrder>();
        for (PublishedOrder published : all(kind)) {
            if (filter.accepts(published.order(), published.signer())
                    && remaining(published).compareTo(filter.minVolume()) >= 0) {
                open.add(published);
            }
        }
        Comparator<PublishedOrder> byPrice = Comparator.comparing(o -> o.order().number(kind.price()));
        open.sort((kind == OrderKind.REQUEST ? byPrice.reversed() : byPrice)
                .thenComparing(PublishedOrder::published));
        return open;
    }

    BigInteger remaining(PublishedOrder published) {
        return remaining(published.order(), published.hash());
    }

    private BigInteger remaining(Order order, Bytes32 hash) {
        return order.number("volume").subtract(hub.consumed(hash));
    }

    private Address signer(Order order) {
        Address resource = order.address(order.kind().resource());
        Address registry = switch (order.kind()) {
            case APP -> hub.contracts().appRegistry();
            case DATASET -> hub.contracts().datasetRegistry();
            case WORKERPOOL -> hub.contracts().workerpoolRegistry();
            case REQUEST -> null;
        };
        if (registry == null) {
            return resource;
        }
        if (!hub.isRegistered(registry, resource)) {
            throw new Refused("no " + order.kind().resource() + " is deployed at " + resource);
        }
        return hub.ownerOf(resource).orElseThrow();
    }
}
