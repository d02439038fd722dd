package io.walnut.ejb.secret;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Set;
import java.util.SortedMap;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;

/**
 * Seals secrets that rest in the database with AES-256-GCM under a key that does not:
 * {@code key number (1) ‖ IV (12) ‖ ciphertext and tag}. The row that a secret belongs to is additional
 * data, so that a sealed secret cannot be moved to another row.
 */
@ApplicationScoped
public class Sealer {
    private static final int IV_LENGTH = 12;
    private static final int TAG_BITS = 128;

    @Inject
    private SealingKeys store;
    private volatile SealingKeys.Loaded keys;
    private final SecureRandom random = new SecureRandom();

    protected Sealer() {
    }

    Sealer(SortedMap<Integer, SecretKey> keys) {
        this.keys = SealingKeys.Loaded.of(keys);
    }

    @PostConstruct
    void open() {
        keys = store.load();
    }

    /** Takes up keys that were added to the key store or removed from it. */
    void refresh() {
        keys = store.refresh(keys);
    }

    /** The number of the key that seals now. */
    public int sealingKey() {
        return keys.sealing();
    }

    /** The numbers of all keys that open. */
    public Set<Integer> keyNumbers() {
        return keys.keys().keySet();
    }

    /** @param owner the row that the secret belongs to */
    public byte[] seal(byte[] secret, String owner) {
        SealingKeys.Loaded current = keys;
        int number = current.sealing();
        byte[] iv = new byte[IV_LENGTH];
        random.nextBytes(iv);
        try {
            Cipher cipher = cipher(Cipher.ENCRYPT_MODE, current.keys().get(number), iv, owner);
            byte[] out = new byte[1 + IV_LENGTH + cipher.getOutputSize(secret.length)];
            out[0] = (byte) number;
            System.arraycopy(iv, 0, out, 1, IV_LENGTH);
            cipher.doFinal(secret, 0, secret.length, out, 1 + IV_LENGTH);
            return out;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-GCM is missing", e);
        }
    }

    /**
     * @return the secret, the caller's to wipe
     * @throws IllegalStateException when the seal is broken, of another owner, or its key is gone
     */
    public byte[] open(byte[] sealed, String owner) {
        SecretKey key = sealed.length < 1 + IV_LENGTH ? null : keys.keys().get(sealed[0] & 0xff);
        if (key == null) {
            throw new IllegalStateException("the key that sealed a secret of " + owner + " is not in the key store");
        }
        try {
            byte[] iv = Arrays.copyOfRange(sealed, 1, 1 + IV_LENGTH);
            return cipher(Cipher.DECRYPT_MODE, key, iv, owner)
                .doFinal(sealed, 1 + IV_LENGTH, sealed.length - 1 - IV_LENGTH);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the seal of a secret of " + owner + " does not hold");
        }
    }

    /** Whether a key that is here opens it. */
    boolean opens(byte[] sealed, String owner) {
        try {
            Arrays.fill(open(sealed, owner), (byte) 0);
            return true;
        } catch (IllegalStateException e) {
            return false;
        }
    }

    /** Where the keys are, for messages. */
    String location() {
        return store.file().toString();
    }

    private static Cipher cipher(int mode, SecretKey key, byte[] iv, String owner) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, iv));
        cipher.updateAAD(owner.getBytes(StandardCharsets.UTF_8));
        return cipher;
    }
}
