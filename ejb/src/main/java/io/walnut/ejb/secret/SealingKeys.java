package io.walnut.ejb.secret;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import javax.crypto.KeyGenerator;
import javax.crypto.SecretKey;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.wildfly.security.credential.SecretKeyCredential;
import org.wildfly.security.credential.store.CredentialStore;
import org.wildfly.security.credential.store.WildFlyElytronCredentialStoreProvider;

/**
 * The sealing keys in an Elytron credential store for secret keys, the file {@code walnut.secrets.store}, by
 * default {@code walnut-secrets.cs} in the server's data folder:
 * aliases {@code walnut-1} to {@code walnut-255}, of which the last one seals. A store without any gets its
 * first at the first start. All nodes on one database need the same keys, so a new key opens at once, but seals only when
 * the file has been unchanged for {@code walnut.secrets.new-key-after-seconds}: the time to copy it to the other nodes.
 */
@ApplicationScoped
public class SealingKeys {
    private static final Pattern ALIAS = Pattern.compile("walnut-([1-9]\\d?|1\\d\\d|2[0-4]\\d|25[0-5])");
    private static final String FIRST = "walnut-1";
    private static final int KEY_BITS = 256;

    @Inject
    @ConfigProperty(name = "walnut.secrets.store")
    private Optional<String> configured;
    @Inject
    @ConfigProperty(name = "walnut.secrets.new-key-after-seconds", defaultValue = "600")
    private long newKeyAfterSeconds;

    /**
     * The keys as they were at one time.
     *
     * @param sealing the number of the key that seals
     * @param changed when the file was last written
     * @param settled whether the file has been unchanged long enough for its last key to seal
     */
    record Loaded(SortedMap<Integer, SecretKey> keys, int sealing, FileTime changed, boolean settled) {
        static Loaded of(SortedMap<Integer, SecretKey> keys) {
            return of(keys, FileTime.fromMillis(0), true);
        }

        static Loaded of(SortedMap<Integer, SecretKey> keys, FileTime changed, boolean settled) {
            SortedMap<Integer, SecretKey> older = keys.headMap(keys.lastKey());
            return new Loaded(Collections.unmodifiableSortedMap(keys),
                settled || older.isEmpty() ? keys.lastKey() : older.lastKey(), changed, settled);
        }

        @Override
        public String toString() {
            return "Loaded[" + keys.keySet() + ", sealing " + sealing + ']';
        }
    }

    /** @throws IllegalStateException when the store cannot be read, or its file not be kept from others */
    Loaded load() {
        Path file = file();
        try {
            // Taken before the file is read, so that a write in between is seen at the next look.
            FileTime changed = Files.exists(file) ? Files.getLastModifiedTime(file) : FileTime.fromMillis(0);
            CredentialStore store = CredentialStore.getInstance("PropertiesCredentialStore",
                WildFlyElytronCredentialStoreProvider.getInstance());
            store.initialize(Map.of("location", file.toString(), "create", "true"));
            if (store.getAliases().stream().noneMatch(alias -> ALIAS.matcher(alias).matches())) {
                addFirst(store);
            }
            keepFromOthers(file);
            var keys = new TreeMap<Integer, SecretKey>();
            for (String alias : store.getAliases()) {
                var numbered = ALIAS.matcher(alias);
                if (numbered.matches()) {
                    keys.put(Integer.valueOf(numbered.group(1)),
                        store.retrieve(alias, SecretKeyCredential.class).getSecretKey());
                }
            }
            return Loaded.of(keys, changed, isSettled(changed));
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("The key store " + file + " cannot be opened: check walnut.secrets.store.",
                e);
        }
    }

    /** The same when nothing has changed. */
    Loaded refresh(Loaded before) {
        try {
            FileTime changed = Files.getLastModifiedTime(file());
            return changed.equals(before.changed()) && before.settled() == isSettled(changed) ? before : load();
        } catch (IOException e) {
            throw new IllegalStateException("The key store " + file() + " is gone: put it back.", e);
        }
    }

    Path file() {
        return Path.of(configured.orElseGet(() ->
            Path.of(System.getProperty("jboss.server.data.dir"), "walnut-secrets.cs").toString()));
    }

    private boolean isSettled(FileTime changed) {
        return !changed.toInstant().plus(Duration.ofSeconds(newKeyAfterSeconds)).isAfter(Instant.now());
    }

    private static void addFirst(CredentialStore store) throws GeneralSecurityException {
        KeyGenerator generator = KeyGenerator.getInstance("AES");
        generator.init(KEY_BITS);
        store.store(FIRST, new SecretKeyCredential(generator.generateKey()));
        store.flush();
    }

    private static void keepFromOthers(Path file) throws IOException {
        if (Files.getFileStore(file).supportsFileAttributeView("posix")) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        }
    }
}
