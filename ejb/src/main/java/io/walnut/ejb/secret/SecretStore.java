package io.walnut.ejb.secret;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.util.Arrays;
import java.util.function.Supplier;

/** Secrets of the portal itself, by name. */
@Stateless
public class SecretStore {
    @PersistenceContext(unitName = "walnut")
    private EntityManager em;
    @Inject
    private Sealer sealer;

    public boolean has(String name) {
        return em.find(SealedSecret.class, name) != null;
    }

    /**
     * The secret of that name, made and stored at its first use; the caller's to wipe. Of two nodes that make
     * it at the same time one fails at the primary key, and finds the other's when it tries again.
     */
    public byte[] getOrMake(String name, Supplier<byte[]> maker) {
        SealedSecret found = em.find(SealedSecret.class, name);
        if (found != null) {
            return sealer.open(found.sealed(), name);
        }
        byte[] made = maker.get();
        byte[] sealed = sealer.seal(made, name);
        em.persist(new SealedSecret(name, sealed));
        em.flush();
        return Arrays.copyOf(made, made.length);
    }
}
