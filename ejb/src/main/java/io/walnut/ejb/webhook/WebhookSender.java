package io.walnut.ejb.webhook;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.walnut.ejb.audit.EventRecord;
import io.walnut.ejb.audit.Journal;
import io.walnut.ejb.secret.Sealer;
import jakarta.ejb.EJB;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * Plans deliveries from the audit chain and makes them: at least once, with the same id at each retry.
 * An endpoint that does not answer holds up only itself, and for a few seconds at a time.
 */
@Stateless
public class WebhookSender {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int PLANNED_AT_ONCE = 200;
    /** To one endpoint. While another does not answer, a round takes {@link #TIMEOUT}: this many must do for so long. */
    private static final int SENT_AT_ONCE = 50;
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    /** Redirects are not followed: they could lead into the portal's own network. */
    private static final HttpClient HTTP = HttpClient.newBuilder().connectTimeout(TIMEOUT)
        .followRedirects(HttpClient.Redirect.NEVER).build();

    @PersistenceContext(unitName = "walnut")
    private EntityManager em;
    @EJB
    private Journal journal;
    @Inject
    private Sealer sealer;

    /** Plans a delivery to each endpoint for each event since it was added. */
    public void plan() {
        List<WebhookEndpoint> endpoints = em.createQuery("select e from WebhookEndpoint e", WebhookEndpoint.class)
            .setLockMode(LockModeType.PESSIMISTIC_WRITE).setHint("jakarta.persistence.lock.timeout", -2)
            .getResultList();
        for (WebhookEndpoint endpoint : endpoints) {
            for (EventRecord event : journal.after(endpoint.lastPosition(), PLANNED_AT_ONCE)) {
                em.persist(new WebhookDelivery(endpoint.id(), event.position()));
                endpoint.planned(event.position());
            }
        }
    }

    /** Makes the deliveries that are due: some for each endpoint, all side by side, so that none waits for another's. */
    public void send() {
        var sent = new ArrayList<Sent>();
        for (WebhookEndpoint endpoint : em.createQuery("select e from WebhookEndpoint e", WebhookEndpoint.class)
            .getResultList()) {
            for (WebhookDelivery delivery : due(endpoint)) {
                sent.add(new Sent(delivery, post(endpoint, journal.after(delivery.eventPosition() - 1, 1).get(0))));
            }
        }
        sent.forEach(Sent::settle);
    }

    private List<WebhookDelivery> due(WebhookEndpoint endpoint) {
        return em.createQuery("select d from WebhookDelivery d where d.endpointId = :endpoint and d.state = PENDING"
                + " and d.nextAttemptAt <= :now order by d.eventPosition", WebhookDelivery.class)
            .setParameter("endpoint", endpoint.id()).setParameter("now", Instant.now()).setMaxResults(SENT_AT_ONCE)
            .setLockMode(LockModeType.PESSIMISTIC_WRITE).setHint("jakarta.persistence.lock.timeout", -2)
            .getResultList();
    }

    private CompletableFuture<HttpResponse<Void>> post(WebhookEndpoint endpoint, EventRecord event) {
        String id = "evt_" + event.position();
        String body = body(event);
        long timestamp = Instant.now().getEpochSecond();
        byte[] secret = sealer.open(endpoint.sealedSecret(), endpoint.id());
        try {
            HttpRequest request = HttpRequest.newBuilder(endpoint.url()).timeout(TIMEOUT)
                .header("Content-Type", "application/json").header("webhook-id", id)
                .header("webhook-timestamp", Long.toString(timestamp))
                .header("webhook-signature", WebhookSignature.of(secret, id, timestamp, body))
                .POST(HttpRequest.BodyPublishers.ofString(body)).build();
            return HTTP.sendAsync(request, HttpResponse.BodyHandlers.discarding());
        } finally {
            Arrays.fill(secret, (byte) 0);
        }
    }

    /** A delivery on its way. */
    private record Sent(WebhookDelivery delivery, CompletableFuture<HttpResponse<Void>> answer) {
        /** Waits for the answer, which comes within {@link #TIMEOUT} or not at all. */
        void settle() {
            try {
                int status = answer.join().statusCode();
                if (status / 100 == 2) {
                    delivery.delivered("HTTP " + status);
                } else {
                    delivery.refused("HTTP " + status);
                }
            } catch (CompletionException e) {
                delivery.refused(e.getCause().getClass().getSimpleName());
            }
        }
    }

    private static String body(EventRecord event) {
        try {
            ObjectNode body = JSON.createObjectNode().put("type", event.type())
                .put("timestamp", event.occurredAt().toString());
            body.putObject("data").put("id", event.position()).put("actor", event.actor())
                .put("subject", event.subject()).set("data", JSON.readTree(event.data()));
            return JSON.writeValueAsString(body);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a stored event is broken", e);
        }
    }
}
