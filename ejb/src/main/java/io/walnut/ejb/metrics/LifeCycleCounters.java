package io.walnut.ejb.metrics;

import java.util.Map;
import java.util.Objects;
import org.hibernate.boot.Metadata;
import org.hibernate.boot.spi.BootstrapContext;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.event.service.spi.EventListenerRegistry;
import org.hibernate.event.spi.EventType;
import org.hibernate.event.spi.PostCommitInsertEventListener;
import org.hibernate.event.spi.PostCommitUpdateEventListener;
import org.hibernate.event.spi.PostInsertEvent;
import org.hibernate.event.spi.PostUpdateEvent;
import org.hibernate.integrator.spi.Integrator;
import org.hibernate.mapping.PersistentClass;
import org.hibernate.persister.entity.EntityPersister;
import org.hibernate.service.spi.SessionFactoryServiceRegistry;

/**
 * Counts what happens to every entity that has a state, and every event of the audit log, in this one place: Hibernate
 * tells of each row that was written, after its transaction has committed. What is rolled back is not counted, and a
 * new step of the life cycle is counted without another line.
 */
public final class LifeCycleCounters implements Integrator, PostCommitInsertEventListener, PostCommitUpdateEventListener {
    private static final long serialVersionUID = 1L;
    private static final String STATE = "state";
    private static final String BUMPED = "bumped";
    private static final Map<String, String> NAMES = Map.of("FundingDeposit", "deposit", "EnclaveTask", "task",
        "PaymentLink", "link", "RelayedClaim", "claim", "ChainTransaction", "transaction", "LinkMail", "mail",
        "WebhookDelivery", "webhook");

    @Override
    public void integrate(Metadata metadata, BootstrapContext context, SessionFactoryImplementor factory) {
        var listeners = factory.getServiceRegistry().getService(EventListenerRegistry.class);
        listeners.appendListeners(EventType.POST_COMMIT_INSERT, this);
        listeners.appendListeners(EventType.POST_COMMIT_UPDATE, this);
        metadata.getEntityBindings().forEach(LifeCycleCounters::startAtZero);
        Meters.TRANSITIONS.initLabelValues("transaction", BUMPED);
    }

    /** A counter that is missing until its first step would hide that step from those who watch the difference. */
    private static void startAtZero(PersistentClass entity) {
        try {
            Class<?> type = entity.getMappedClass().getDeclaredField(STATE).getType();
            if (type.isEnum()) {
                for (Object state : type.getEnumConstants()) {
                    Meters.TRANSITIONS.initLabelValues(name(entity.getJpaEntityName()), label(state));
                }
            }
        } catch (NoSuchFieldException e) {
            // An entity without states.
        }
    }

    @Override
    public void disintegrate(SessionFactoryImplementor factory, SessionFactoryServiceRegistry registry) {
        // The listeners end with their factory.
    }

    @Override
    public void onPostInsert(PostInsertEvent event) {
        EntityPersister persister = event.getPersister();
        Object state = value(persister, event.getState(), STATE);
        if (state instanceof Enum<?>) {
            Meters.TRANSITIONS.labelValues(name(jpaName(persister)), label(state)).inc();
        } else if (jpaName(persister).equals("EventRecord")) {
            Meters.EVENTS.labelValues(String.valueOf(value(persister, event.getState(), "type"))).inc();
        }
    }

    @Override
    public void onPostUpdate(PostUpdateEvent event) {
        EntityPersister persister = event.getPersister();
        Object before = value(persister, event.getOldState(), STATE);
        Object now = value(persister, event.getState(), STATE);
        if (!(now instanceof Enum<?>) || event.getOldState() == null) {
            return;
        }
        String name = name(jpaName(persister));
        if (before != now) {
            Meters.TRANSITIONS.labelValues(name, label(now)).inc();
        } else if (name.equals("transaction") && !Objects.equals(value(persister, event.getOldState(), "hash"),
            value(persister, event.getState(), "hash"))) {
            Meters.TRANSITIONS.labelValues(name, BUMPED).inc();
        }
        if (value(persister, event.getOldState(), "attempts") instanceof Integer tried
            && value(persister, event.getState(), "attempts") instanceof Integer tries && tries > tried) {
            Meters.ATTEMPTS.labelValues(name).inc(tries - tried);
        }
    }

    @Override
    public void onPostInsertCommitFailed(PostInsertEvent event) {
        // Nothing happened.
    }

    @Override
    public void onPostUpdateCommitFailed(PostUpdateEvent event) {
        // Nothing happened.
    }

    @Override
    public boolean requiresPostCommitHandling(EntityPersister persister) {
        return true;
    }

    private static String jpaName(EntityPersister persister) {
        return persister.getMappedClass().getSimpleName();
    }

    private static Object value(EntityPersister persister, Object[] state, String property) {
        String[] names = persister.getPropertyNames();
        for (int i = 0; state != null && i < names.length; i++) {
            if (names[i].equals(property)) {
                return state[i];
            }
        }
        return null;
    }

    private static String name(String entity) {
        return NAMES.getOrDefault(entity, label(entity));
    }

    private static String label(Object name) {
        return name.toString().toLowerCase(java.util.Locale.ROOT);
    }
}
