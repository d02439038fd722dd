package io.walnut.devnet.console;

import io.walnut.contracts.Bytes32;
import io.walnut.devnet.Devnet;
import io.walnut.devnet.anvil.Anvil;
import io.walnut.devnet.fault.Faults.Fault;
import io.walnut.devnet.http.HttpError;
import io.walnut.devnet.http.HttpService;
import io.walnut.devnet.http.Request;
import io.walnut.devnet.http.Response;
import io.walnut.devnet.orderbook.OrderBook;
import io.walnut.devnet.poco.Deal;
import io.walnut.devnet.poco.Hub;
import io.walnut.devnet.worker.TaskRecord;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * The inspection page and what it shows as JSON: deals, tasks with their stages and logs, published orders,
 * and the switches. Changes go by PUT, which a page of another origin cannot send here.
 */
public final class Console {

    private static final int MAX_REORG = 64;
    private static final int MAX_DAYS = 365;

    private final Devnet devnet;
    private final Anvil anvil;
    private final Hub hub;
    private final OrderBook book;

    public Console(Devnet devnet, Anvil anvil, Hub hub, OrderBook book) {
        this.devnet = devnet;
        this.anvil = anvil;
        this.hub = hub;
        this.book = book;
    }

    public void addRoutes(HttpService http) {
        http.route("GET", "/", request -> Response.html(page()));
        http.route("GET", "/state", request -> Response.json(state()));
        http.route("PUT", "/faults/{fault}/{state}", this::fault);
        http.route("PUT", "/reorg/{depth}", this::reorg);
        http.route("PUT", "/clock/{seconds}", this::advance);
    }

    private Response fault(Request request) {
        boolean on = switch (request.path().get("state")) {
            case "on" -> true;
            case "off" -> false;
            default -> throw new HttpError(400, "a switch is on or off");
        };
        try {
            devnet.faults().set(Fault.valueOf(request.path().get("fault").toUpperCase(Locale.ROOT)), on);
        } catch (IllegalArgumentException e) {
            throw new HttpError(404, "no such fault; there are " + List.of(Fault.values()));
        }
        return Response.empty(204);
    }

    private Response reorg(Request request) {
        int depth = number(request.path().get("depth"), MAX_REORG);
        if (depth >= anvil.rpc().blockNumber()) {
            throw new HttpError(400, "the chain is not longer than " + depth + " blocks");
        }
        devnet.reorg(depth);
        return Response.empty(204);
    }

    private Response advance(Request request) {
        devnet.advance(Duration.ofSeconds(number(request.path().get("seconds"), MAX_DAYS * 86_400)));
        return Response.empty(204);
    }

    private static int number(String text, int max) {
        try {
            int number = Integer.parseInt(text);
            if (number >= 1 && number <= max) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Refused below, as a number out of range is.
        }
        throw new HttpError(400, "expected a number from 1 to " + max);
    }

    private Map<String, Object> state() {
        var state = new LinkedHashMap<String, Object>();
        state.put("chain", Map.of("id", Devnet.CHAIN_ID, "head", anvil.block("latest"), "finalized",
                anvil.block("finalized"), "time", hub.now()));
        state.put("endpoints", new TreeMap<>(devnet.endpoints()));
        state.put("contracts", contracts());
        var faults = new LinkedHashMap<String, Object>();
        for (Fault fault : Fault.values()) {
            faults.put(fault.name(), devnet.faults().isOn(fault));
        }
        state.put("faults", faults);
        state.put("orders", book.counts());
        state.put("deals", deals());
        return state;
    }

    private Map<String, String> contracts() {
        var contracts = new LinkedHashMap<String, String>();
        contracts.put("hub", devnet.poco().hub().toString());
        contracts.put("RLC", devnet.poco().rlc().toString());
        contracts.put("escrow", devnet.walnut().escrow().toString());
        contracts.put("enclave signer", devnet.walnut().signer().toString());
        contracts.put("app", devnet.walnut().app().toString());
        contracts.put("dataset", devnet.walnut().dataset().toString());
        contracts.put("workerpool", devnet.walnut().workerpool().toString());
        return contracts;
    }

    private List<Map<String, Object>> deals() {
        var byDeal = new LinkedHashMap<Bytes32, List<TaskRecord>>();
        devnet.tasks().forEach(task -> byDeal.computeIfAbsent(task.deal(), id -> new ArrayList<>()).add(task));
        var deals = new ArrayList<Map<String, Object>>();
        byDeal.forEach((id, tasks) -> hub.deal(id).ifPresent(deal -> deals.add(json(deal, tasks))));
        deals.sort(Comparator.comparing(deal -> (String) deal.get("started"), Comparator.reverseOrder()));
        return deals;
    }

    private Map<String, Object> json(Deal deal, List<TaskRecord> tasks) {
        var json = new LinkedHashMap<String, Object>();
        json.put("id", deal.id().toString());
        json.put("started", Instant.ofEpochSecond(deal.startTime().longValueExact()).toString());
        json.put("app", hub.appName(deal.app()) + " " + deal.app());
        json.put("dataset", deal.dataset().toString());
        json.put("requester", deal.requester().toString());
        json.put("tag", "0x" + deal.tag().toUnsigned().toString(16));
        json.put("price", deal.workerpoolPrice());
        json.put("params", deal.params());
        json.put("tasks", tasks.stream().sorted(Comparator.comparing(TaskRecord::index)).map(this::json).toList());
        return json;
    }

    private Map<String, Object> json(TaskRecord task) {
        var json = new LinkedHashMap<String, Object>();
        json.put("id", task.id().toString());
        json.put("index", task.index());
        json.put("status", hub.task(task.id()).status().name());
        json.put("stage", task.stage());
        json.put("log", task.entries().stream()
                .map(entry -> Map.of("time", entry.time().toString(), "text", entry.text())).toList());
        json.put("output", task.output());
        return json;
    }

    private static String page() {
        try (InputStream in = Console.class.getResourceAsStream("index.html")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
