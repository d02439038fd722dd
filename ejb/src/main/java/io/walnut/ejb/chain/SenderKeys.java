package io.walnut.ejb.chain;

import io.walnut.contracts.Address;
import io.walnut.contracts.Secp256k1;
import io.walnut.ejb.iexec.KeystoreFile;
import io.walnut.ejb.iexec.SigningKey;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;

/**
 * The keys that the portal sends transactions with, from Web3 Secret Storage files:
 * {@code walnut.<sender>.keystore} and {@code walnut.<sender>.keystore-password-file}.
 */
@ApplicationScoped
public class SenderKeys {
    private final Map<Sender, Optional<SigningKey>> keys = new EnumMap<>(Sender.class);

    /** The sender's address; empty when no key is configured. */
    public Optional<Address> address(Sender sender) {
        return key(sender).map(SigningKey::address);
    }

    /** The sender's key; not the caller's to close. */
    public synchronized Optional<SigningKey> key(Sender sender) {
        return keys.computeIfAbsent(sender, SenderKeys::load);
    }

    private static Optional<SigningKey> load(Sender sender) {
        Config config = ConfigProvider.getConfig();
        return config.getOptionalValue(sender.settingsPrefix() + ".keystore", String.class).map(file ->
            new KeystoreFile(Path.of(file),
                Path.of(config.getValue(sender.settingsPrefix() + ".keystore-password-file", String.class)))
                .open(Secp256k1.nativeLibrary()));
    }

    @PreDestroy
    synchronized void wipe() {
        keys.values().forEach(key -> key.ifPresent(SigningKey::close));
        keys.clear();
    }
}
