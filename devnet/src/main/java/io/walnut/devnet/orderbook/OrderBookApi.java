package io.walnut.devnet.orderbook;

import io.walnut.contracts.Address;
import io.walnut.contracts.Bytes32;
import io.walnut.devnet.http.Challenges;
import io.walnut.devnet.http.HttpError;
import io.walnut.devnet.http.HttpService;
import io.walnut.devnet.http.Request;
import io.walnut.devnet.http.Response;
import io.walnut.devnet.poco.Deal;
import io.walnut.devnet.poco.Hub;
import io.walnut.devnet.rpc.AbiReader;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The order book over HTTP, in the shapes of iExec's market API as its SDK 8 and 9 call it: each kind of
 * order with {@code GET}, {@code GET /hash}, {@code POST} and {@code PUT} (which takes down), and {@code /deals}.
 */
public final class OrderBookApi {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final int DEFAULT_PAGE = 20;

    private final OrderBook book;
    private final Hub hub;
    private final long chainId;
    private final Challenges challenges;

    public OrderBookApi(OrderBook book, Hub hub, long chainId) {
        this.book = book;
        this.hub = hub;
        this.chainId = chainId;
        this.challenges = new Challenges("iExec Gateway", chainId);
    }

    public void addRoutes(HttpService http) {
        http.route("GET", "/challenge", this::challenge);
        http.route("GET", "/deals", this::deals);
        for (OrderKind kind : OrderKind.values()) {
            http.route("GET", "/" + kind.path(), request -> list(kind, request));
            http.route("GET", "/" + kind.path() + "/{hash}", request -> show(kind, request));
            http.route("POST", "/" + kind.path(), request -> publish(kind, request));
            http.route("PUT", "/" + kind.path(), request -> unpublish(kind, request));
        }
    }

    private Response challenge(Request request) {
        checkChain(request);
        return Response.json(Map.of("ok", true, "data",
                challenges.issue(Request.address(request.parameter("address")))));
    }

    private Response list(OrderKind kind, Request request) {
        checkChain(request);
        List<Map<String, Object>> orders = book.open(kind, new OrderFilter(kind, request)).stream()
                .map(order -> order.json(chainId, book.remaining(order))).toList();
        return page(request, "orders", orders);
    }

    private Response show(OrderKind kind, Request request) {
        checkChain(request);
        PublishedOrder order = book.find(kind, hash(request.path().get("hash")))
                .orElseThrow(() -> new HttpError(404, kind.label() + " not found"));
        var json = new LinkedHashMap<String, Object>(Map.of("ok", true));
        json.putAll(order.json(chainId, book.remaining(order)));
        return Response.json(json);
    }

    private Response publish(OrderKind kind, Request request) {
        checkChain(request);
        challenges.redeem(request.header("authorization"));
        try {
            Order order = Order.of(kind, body(request).path("order"));
            Bytes32 hash = book.publish(order);
            PublishedOrder published = book.find(kind, hash).orElseThrow();
            return Response.json(Map.of("ok", true, "published", published.json(chainId, book.remaining(published))));
        } catch (IllegalArgumentException | OrderBook.Refused e) {
            throw new HttpError(400, e.getMessage());
        }
    }

    private Response unpublish(OrderKind kind, Request request) {
        checkChain(request);
        Address signer = challenges.redeem(request.header("authorization"));
        JsonNode body = body(request);
        Stream<PublishedOrder> own = book.all(kind).stream().filter(order -> order.signer().equals(signer));
        List<Bytes32> hashes = switch (body.path("target").asString("unpublish_orderHash")) {
            case "unpublish_orderHash" -> List.of(hash(body.path("orderHash").asString("")));
            case "unpublish_all" -> own.filter(order -> isFor(order, body)).map(PublishedOrder::hash).toList();
            case "unpublish_last" -> own.filter(order -> isFor(order, body)).map(PublishedOrder::hash)
                    .reduce((first, second) -> second).stream().toList();
            default -> throw new HttpError(400, "target must be unpublish_orderHash, unpublish_last or unpublish_all");
        };
        List<Bytes32> gone = book.unpublish(hashes, signer);
        if (gone.isEmpty()) {
            throw new HttpError(404, "no published " + kind.label() + " of this signer to take down");
        }
        return Response.json(Map.of("ok", true, "unpublished", gone.stream().map(Bytes32::toString).toList()));
    }

    private static boolean isFor(PublishedOrder order, JsonNode body) {
        String resource = order.order().kind().resource();
        return Request.address(body.path(resource).asString("")).equals(order.order().address(resource));
    }

    private Response deals(Request request) {
        checkChain(request);
        var deals = hub.ordersMatched(0, hub.rpc().blockNumber()).stream()
                .map(log -> AbiReader.of(log.data()).bytes32(0)).distinct()
                .flatMap(id -> hub.deal(id).stream()).filter(deal -> isAsked(request, deal))
                .map(deal -> json(deal)).collect(Collectors.toList());
        Collections.reverse(deals);
        return page(request, "deals", deals);
    }

    private static boolean isAsked(Request request, Deal deal) {
        return is(request, "requester", deal.requester()) && is(request, "app", deal.app())
                && is(request, "dataset", deal.dataset()) && is(request, "workerpool", deal.workerpool())
                && is(request, "beneficiary", deal.beneficiary());
    }

    private static boolean is(Request request, String name, Address actual) {
        return request.optional(name).filter(text -> !text.equals("any")).map(Request::address)
                .map(actual::equals).orElse(true);
    }

    private Map<String, Object> json(Deal deal) {
        var json = new LinkedHashMap<String, Object>();
        json.put("chainId", chainId);
        json.put("dealid", deal.id().toString());
        json.put("app", Map.of("pointer", deal.app().toString()));
        json.put("dataset", Map.of("pointer", deal.dataset().toString()));
        json.put("workerpool", Map.of("pointer", deal.workerpool().toString(), "price", deal.workerpoolPrice()));
        json.put("category", deal.category());
        json.put("tag", deal.tag().toString());
        json.put("requester", deal.requester().toString());
        json.put("beneficiary", deal.beneficiary().toString());
        json.put("callback", deal.callback().toString());
        json.put("params", deal.params());
        json.put("startTime", deal.startTime());
        json.put("botFirst", deal.first());
        json.put("botSize", deal.size());
        return json;
    }

    private static Response page(Request request, String name, List<Map<String, Object>> all) {
        int index = number(request, "pageIndex", 0);
        int size = Math.max(1, number(request, "pageSize", DEFAULT_PAGE));
        long from = Math.min(all.size(), (long) index * size);
        long to = Math.min(all.size(), from + size);
        var json = new LinkedHashMap<String, Object>();
        json.put("ok", true);
        json.put("count", all.size());
        json.put(name, all.subList((int) from, (int) to));
        if (to < all.size()) {
            json.put("nextPage", index + 1);
        }
        return Response.json(json);
    }

    private void checkChain(Request request) {
        if (!request.parameter("chainId").equals(Long.toString(chainId))) {
            throw new HttpError(400, "this order book serves chain " + chainId + " only");
        }
    }

    private static JsonNode body(Request request) {
        try {
            return JSON.readTree(request.body());
        } catch (JacksonException e) {
            throw new HttpError(400, "the body is no JSON");
        }
    }

    private static Bytes32 hash(String text) {
        try {
            return Bytes32.parse(text);
        } catch (IllegalArgumentException e) {
            throw new HttpError(400, "an order hash is 32 bytes in hexadecimal");
        }
    }

    private static int number(Request request, String name, int otherwise) {
        try {
            return request.optional(name).map(Integer::valueOf).orElse(otherwise);
        } catch (NumberFormatException e) {
            throw new HttpError(400, name + " must be a number");
        }
    }
}
