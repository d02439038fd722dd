package io.walnut.ejb.webhook;

import io.walnut.ejb.audit.Journal;
import io.walnut.ejb.secret.Sealer;
import io.walnut.ejb.shared.Ids;
import io.walnut.ejb.shared.Refusal;
import jakarta.ejb.EJB;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Who is told of events, and what was told. */
@Stateless
public class Webhooks {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int SECRET_LENGTH = 32;

    @PersistenceContext(unitName = "walnut")
    private EntityManager em;
    @EJB
    private Journal journal;
    @Inject
    private Sealer sealer;
    @Inject
    @ConfigProperty(name = "walnut.webhooks.allow-private", defaultValue = "false")
    private boolean allowPrivate;

    /** A new endpoint. @param secret shown this once, {@code whsec_} and base64 */
    public record Added(WebhookEndpoint endpoint, String secret) {
        @Override
        public String toString() {
            return "Added[" + endpoint.id() + ", secret redacted]";
        }
    }

    public Added add(URI url, String by) {
        check(url);
        String id = Ids.next("whe");
        byte[] secret = new byte[SECRET_LENGTH];
        RANDOM.nextBytes(secret);
        try {
            var endpoint = new WebhookEndpoint(id, url, sealer.seal(secret, id), journal.last(), by);
            em.persist(endpoint);
            journal.record("webhook.added", by, id, null);
            return new Added(endpoint, "whsec_" + Base64.getEncoder().encodeToString(secret));
        } finally {
            Arrays.fill(secret, (byte) 0);
        }
    }

    public List<WebhookEndpoint> list() {
        return em.createQuery("select e from WebhookEndpoint e order by e.id", WebhookEndpoint.class).getResultList();
    }

    public void remove(String id, String by) {
        WebhookEndpoint endpoint = lock(id);
        em.createQuery("delete from WebhookDelivery d where d.endpointId = :id").setParameter("id", id).executeUpdate();
        em.remove(endpoint);
        journal.record("webhook.removed", by, id, null);
    }

    /** Sends all events after a place once more; says how many. Their ids stay the same. Waits for what is being sent. */
    public int replay(String id, long after, String by) {
        WebhookEndpoint endpoint = lock(id);
        List<WebhookDelivery> deliveries = em.createQuery("select d from WebhookDelivery d where d.endpointId = :id"
                + " and d.eventPosition > :after", WebhookDelivery.class)
            .setParameter("id", endpoint.id()).setParameter("after", after)
            .setLockMode(LockModeType.PESSIMISTIC_WRITE).getResultList();
        deliveries.forEach(WebhookDelivery::replay);
        journal.record("webhook.replayed", by, id, null);
        return deliveries.size();
    }

    /** Locked, because every event changes it: nobody is to be told to try again for that. */
    private WebhookEndpoint lock(String id) {
        WebhookEndpoint endpoint = em.find(WebhookEndpoint.class, id, LockModeType.PESSIMISTIC_WRITE);
        if (endpoint == null) {
            throw Refusal.notFound("webhook_endpoint", id);
        }
        return endpoint;
    }

    /** Only public https addresses, so that nobody makes the portal call its own network. */
    private void check(URI url) {
        boolean web = "https".equals(url.getScheme()) || allowPrivate && "http".equals(url.getScheme());
        if (!web || url.getHost() == null || url.getUserInfo() != null || url.getFragment() != null) {
            throw Refusal.invalid("url", "must be an https address without login and fragment");
        }
        if (!allowPrivate && isPrivate(url.getHost())) {
            throw Refusal.invalid("url", "must be reachable from outside; walnut.webhooks.allow-private allows others");
        }
    }

    private static boolean isPrivate(String host) {
        try {
            return Arrays.stream(InetAddress.getAllByName(host)).anyMatch(a -> a.isAnyLocalAddress()
                || a.isLoopbackAddress() || a.isLinkLocalAddress() || a.isSiteLocalAddress() || a.isMulticastAddress()
                || (a.getAddress()[0] & 0xfe) == 0xfc);
        } catch (UnknownHostException e) {
            throw Refusal.invalid("url", "has a host that cannot be found");
        }
    }
}
