package io.walnut.ejb.iexec.market;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.walnut.contracts.Address;
import io.walnut.contracts.Bytes32;
import io.walnut.ejb.iexec.Http;
import io.walnut.ejb.iexec.IexecException;
import io.walnut.ejb.iexec.IexecException.Code;
import io.walnut.ejb.iexec.SigningKey;
import io.walnut.ejb.iexec.order.AppOrder;
import io.walnut.ejb.iexec.order.DatasetOrder;
import io.walnut.ejb.iexec.order.HubDomain;
import io.walnut.ejb.iexec.order.Order;
import io.walnut.ejb.iexec.order.OrderJson;
import io.walnut.ejb.iexec.order.RequestOrder;
import io.walnut.ejb.iexec.order.SignedOrder;
import io.walnut.ejb.iexec.order.WorkerpoolOrder;

import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Client of the public order book (market API). What it says is a proposal: hashes are recomputed here,
 * and the hub has the last word on signatures and volumes.
 */
public final class OrderBook {

    /** One page is asked for; offers are sorted by price, and the cheapest are the ones wanted. */
    private static final int PAGE = 100;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final URI base;
    private final HubDomain domain;
    private final Http http;

    /**
     * An order with what the book says of it.
     *
     * @param hash recomputed
     * @param remaining volume that is not used yet, at the time of asking
     */
    public record Published<O extends Order>(SignedOrder<O> signed, Bytes32 hash, BigInteger remaining) {
    }

    public OrderBook(URI base, HubDomain domain, Http http) {
        this.base = base;
        this.domain = domain;
        this.http = http;
    }

    /** Offers of one app that this requester may use, with this data set and worker pool (zero for any). */
    public List<Published<AppOrder>> apps(Address app, Address dataset, Address workerpool, Address requester) {
        return query("/apporders?app=" + app + restriction("dataset", dataset)
                + restriction("workerpool", workerpool) + restriction("requester", requester), OrderJson::readApp);
    }

    public List<Published<DatasetOrder>> datasets(
            Address dataset, Address app, Address workerpool, Address requester) {
        return query("/datasetorders?dataset=" + dataset + restriction("app", app)
                + restriction("workerpool", workerpool) + restriction("requester", requester),
                OrderJson::readDataset);
    }

    /** @param workerpool zero for any */
    public List<Published<WorkerpoolOrder>> workerpools(BigInteger category, Bytes32 minTag, Address workerpool,
            Address app, Address dataset, Address requester) {
        return query("/workerpoolorders?category=" + category + "&minTag=" + minTag
                + (workerpool.isZero() ? "" : "&workerpool=" + workerpool) + restriction("app", app)
                + restriction("dataset", dataset) + restriction("requester", requester),
                OrderJson::readWorkerpool);
    }

    /** Whether the book shows an order of this hash: publishing again would be refused. */
    public boolean isPublished(Class<? extends Order> kind, Bytes32 hash) {
        Http.Answer answer = send(HttpRequest.newBuilder(
                base.resolve(path(kind) + "/" + hash + "?chainId=" + domain.chainId())));
        return answer.isOk() && parse(answer).path("ok").asBoolean();
    }

    /**
     * Publishes an order, unless the book shows it already. {@code key} is the signer's, who logs in by
     * signing a challenge.
     *
     * @return the order's hash
     */
    public Bytes32 publish(SignedOrder<?> signed, SigningKey key) {
        Bytes32 hash = domain.hash(signed.order());
        if (isPublished(signed.order().getClass(), hash)) {
            return hash;
        }
        var body = JSON.createObjectNode();
        body.set("order", OrderJson.write(signed));
        Http.Answer answer = send(HttpRequest.newBuilder(
                        base.resolve(path(signed.order().getClass()) + "?chainId=" + domain.chainId()))
                .header("Authorization", login(key))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body.toString())));
        JsonNode json = parse(answer);
        if (!hash.toString().equals(json.path("published").path("orderHash").asText())) {
            throw new IexecException(Code.ORDER_BOOK_REFUSED, "the order book did not publish the order: "
                    + reason(answer, json));
        }
        return hash;
    }

    private String login(SigningKey key) {
        Http.Answer answer = send(HttpRequest.newBuilder(
                base.resolve("/challenge?chainId=" + domain.chainId() + "&address=" + key.address())));
        JsonNode json = parse(answer);
        return LoginChallenge.read(json.has("data") ? json.get("data") : json, domain.chainId()).authorization(key);
    }

    private <O extends Order> List<Published<O>> query(String pathAndQuery, Function<JsonNode, SignedOrder<O>> reader) {
        Http.Answer answer = send(HttpRequest.newBuilder(base.resolve(pathAndQuery + "&minVolume=1&chainId="
                + domain.chainId() + "&pageIndex=0&pageSize=" + PAGE)));
        JsonNode json = parse(answer);
        if (!json.path("ok").asBoolean() || !json.path("orders").isArray()) {
            throw new IexecException(Code.ORDER_BOOK_REFUSED, "the order book refuses a query: "
                    + reason(answer, json));
        }
        var offers = new ArrayList<Published<O>>();
        for (JsonNode entry : json.get("orders")) {
            published(entry, reader).ifPresent(offers::add);
        }
        return offers;
    }

    /** An entry that this client cannot read, or whose hash is another than said, is no offer. */
    private <O extends Order> Optional<Published<O>> published(
            JsonNode entry, Function<JsonNode, SignedOrder<O>> reader) {
        try {
            SignedOrder<O> signed = reader.apply(entry.path("order"));
            Bytes32 hash = domain.hash(signed.order());
            BigInteger remaining = entry.path("remaining").bigIntegerValue();
            return hash.toString().equals(entry.path("orderHash").asText()) && remaining.signum() > 0
                    ? Optional.of(new Published<>(signed, hash, remaining)) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private Http.Answer send(HttpRequest.Builder request) {
        return http.send(request.header("Accept", "application/json"), Code.ORDER_BOOK_UNAVAILABLE,
                "the order book");
    }

    private JsonNode parse(Http.Answer answer) {
        try {
            JsonNode json = JSON.readTree(answer.body());
            if (json != null && json.isObject()) {
                return json;
            }
        } catch (IOException e) {
            // Said below, the same as for JSON of another shape.
        }
        throw new IexecException(Code.ORDER_BOOK_REFUSED, "the order book at " + base.getHost() + " answered HTTP "
                + answer.status() + " without a JSON object: check that the URL is one");
    }

    private static String reason(Http.Answer answer, JsonNode json) {
        String text = json.path("error").asText("HTTP " + answer.status()).replaceAll("[^\\x20-\\x7e]", " ");
        return text.length() > 200 ? text.substring(0, 200) : text;
    }

    /** Offers restricted to this party, and unrestricted ones. */
    private static String restriction(String party, Address address) {
        String name = Character.toUpperCase(party.charAt(0)) + party.substring(1);
        return address.isZero() ? "" : "&" + party + "=" + address + "&is" + name + "Strict=false";
    }

    private static String path(Class<? extends Order> kind) {
        if (kind == AppOrder.class) {
            return "/apporders";
        }
        if (kind == DatasetOrder.class) {
            return "/datasetorders";
        }
        return kind == RequestOrder.class ? "/requestorders" : "/workerpoolorders";
    }
}
