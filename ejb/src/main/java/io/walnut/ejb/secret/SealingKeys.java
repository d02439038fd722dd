package io.walnut.ejb.secret;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import javax.crypto.KeyGenerator;
import javax.crypto.SecretKey;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.wildfly.security.credential.SecretKeyCredential;
import org.wildfly.security.credential.store.CredentialStore;
import org.wildfly.security.credential.store.WildFlyElytronCredentialStoreProvider;

/**
 * The sealing keys in an Elytron credential store for secret keys, the file {@code walnut.secrets.store}, by
 * default {@code walnut-secrets.cs} in the server's data folder:
 * aliases {@code walnut-1}, {@code walnut-2}, … of which the last one seals. A store without any gets its
 * first at the first start. All nodes on one database need the same store.
 */
@ApplicationScoped
public class SealingKeys {
    private static final String ALIAS = "walnut-";
    private static final int KEY_BITS = 256;

    @Inject
    @ConfigProperty(name = "walnut.secrets.store")
    private Optional<String> configured;

    SortedMap<Integer, SecretKey> load() {
        String location = configured.orElseGet(() ->
            Path.of(System.getProperty("jboss.server.data.dir"), "walnut-secrets.cs").toString());
        try {
            CredentialStore store = CredentialStore.getInstance("PropertiesCredentialStore",
                WildFlyElytronCredentialStoreProvider.getInstance());
            store.initialize(Map.of("location", location, "create", "true"));
            var keys = new TreeMap<Integer, SecretKey>();
            for (String alias : store.getAliases()) {
                if (alias.startsWith(ALIAS)) {
                    keys.put(Integer.valueOf(alias.substring(ALIAS.length())),
                        store.retrieve(alias, SecretKeyCredential.class).getSecretKey());
                }
            }
            if (keys.isEmpty()) {
                keys.put(1, add(store, ALIAS + 1, location));
            }
            return keys;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("The key store " + location + " cannot be opened: check walnut.secrets.store.",
                e);
        }
    }

    private static SecretKey add(CredentialStore store, String alias, String location)
        throws GeneralSecurityException, IOException {
        KeyGenerator generator = KeyGenerator.getInstance("AES");
        generator.init(KEY_BITS);
        SecretKey key = generator.generateKey();
        store.store(alias, new SecretKeyCredential(key));
        store.flush();
        Path file = Path.of(location);
        if (Files.getFileStore(file).supportsFileAttributeView("posix")) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        }
        return key;
    }
}
