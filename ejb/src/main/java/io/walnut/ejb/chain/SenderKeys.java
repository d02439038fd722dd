package io.walnut.ejb.chain;

import io.walnut.contracts.Address;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;
import org.web3j.crypto.Credentials;
import org.web3j.crypto.WalletUtils;
import org.web3j.crypto.exception.CipherException;

/**
 * The keys that the portal sends transactions with, from Web3 Secret Storage files:
 * {@code walnut.<sender>.keystore} and {@code walnut.<sender>.keystore-password-file}.
 */
@ApplicationScoped
public class SenderKeys {
    private final Map<Sender, Optional<Credentials>> keys = new EnumMap<>(Sender.class);

    /** The sender's address; empty when no key is configured. */
    public Optional<Address> address(Sender sender) {
        return credentials(sender).map(c -> Address.parse(c.getAddress()));
    }

    synchronized Optional<Credentials> credentials(Sender sender) {
        return keys.computeIfAbsent(sender, SenderKeys::load);
    }

    private static Optional<Credentials> load(Sender sender) {
        Config config = ConfigProvider.getConfig();
        Optional<String> file = config.getOptionalValue(sender.settingsPrefix() + ".keystore", String.class);
        if (file.isEmpty()) {
            return Optional.empty();
        }
        String passwordFile = config.getValue(sender.settingsPrefix() + ".keystore-password-file", String.class);
        try {
            String password = Files.readString(Path.of(passwordFile)).strip();
            return Optional.of(WalletUtils.loadCredentials(password, file.get()));
        } catch (IOException | CipherException e) {
            throw new IllegalStateException("The key of the " + sender + " cannot be opened: check "
                + sender.settingsPrefix() + ".keystore and its password file.", e);
        }
    }
}
