package io.walnut.ejb.metrics;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.io.OutputStream;

/**
 * This node's figures. Counters begin at zero when the server starts, as the format has it; what all nodes count
 * together is their sum. No label holds an id, an address or an amount.
 */
public final class Meters {
    /** Of the text that {@link #write} gives. */
    public static final String CONTENT_TYPE = PrometheusTextFormatWriter.CONTENT_TYPE;

    private static final PrometheusRegistry REGISTRY = new PrometheusRegistry();

    static final Counter TRANSITIONS = Counter.builder().name("walnut_transitions_total")
        .help("State changes of the objects of the life cycle, counted when they are committed")
        .labelNames("object", "state").register(REGISTRY);
    static final Counter ATTEMPTS = Counter.builder().name("walnut_attempts_total")
        .help("Attempts to get something out: a transaction, a mail, a webhook")
        .labelNames("object").register(REGISTRY);
    static final Counter EVENTS = Counter.builder().name("walnut_events_total")
        .help("Events of the audit log").labelNames("type").register(REGISTRY);
    private static final Counter PROBLEMS = Counter.builder().name("walnut_problems_total")
        .help("Requests that were answered with a problem document").labelNames("code").register(REGISTRY);
    private static final Gauge UP = Gauge.builder().name("walnut_up")
        .help("1 when what the portal depends on answers").labelNames("check").register(REGISTRY);
    private static final Gauge LOW = Gauge.builder().name("walnut_wallet_low")
        .help("1 when a wallet should be filled up").labelNames("wallet").register(REGISTRY);
    private static final Gauge BALANCE = Gauge.builder().name("walnut_wallet_balance")
        .help("Balance of a wallet in the smallest unit of its coin; nRLC for the requester's rlc")
        .labelNames("wallet").register(REGISTRY);
    private static final Gauge BLOCK = Gauge.builder().name("walnut_chain_block")
        .help("Number of the newest block that was seen").labelNames("kind").register(REGISTRY);

    private static final Gauge LISTENERS = Gauge.builder().name("walnut_event_listeners")
        .help("Open streams of events").register(REGISTRY);

    private Meters() {
    }

    /** A request was refused or failed. @param code of the problem document: stable, and few */
    public static void problem(String code) {
        PROBLEMS.labelValues(code).inc();
    }

    public static void up(String check, boolean up) {
        UP.labelValues(check).set(up ? 1 : 0);
    }

    public static void block(String kind, long number) {
        BLOCK.labelValues(kind).set(number);
    }

    public static void wallet(String wallet, double balance, boolean low) {
        BALANCE.labelValues(wallet).set(balance);
        LOW.labelValues(wallet).set(low ? 1 : 0);
    }

    public static void listeners(int count) {
        LISTENERS.set(count);
    }

    /** Everything, in Prometheus' text format. */
    public static void write(OutputStream out) throws IOException {
        PrometheusTextFormatWriter.create().write(out, REGISTRY.scrape());
    }
}
