package io.walnut.ejb.receipt;

import io.walnut.contracts.Secp256k1;
import io.walnut.ejb.chain.Sender;
import io.walnut.ejb.chain.SenderKeys;
import io.walnut.ejb.iexec.KeystoreFile;
import io.walnut.ejb.iexec.SigningKey;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;

/**
 * The key that signs receipts: {@code walnut.receipt.keystore} with {@code walnut.receipt.keystore-password-file}, which
 * the company then has to announce, or else the treasury's, which the chain knows as the depositor.
 */
@ApplicationScoped
public class ReceiptKey {
    @Inject
    private SenderKeys senders;
    private Optional<SigningKey> own;

    /** Empty when neither is configured; not the caller's to close. */
    synchronized Optional<SigningKey> find() {
        if (own == null) {
            Config config = ConfigProvider.getConfig();
            own = config.getOptionalValue("walnut.receipt.keystore", String.class).map(file -> new KeystoreFile(
                Path.of(file), Path.of(config.getValue("walnut.receipt.keystore-password-file", String.class)))
                .open(Secp256k1.nativeLibrary()));
        }
        return own.or(() -> senders.key(Sender.TREASURY));
    }

    @PreDestroy
    synchronized void wipe() {
        if (own != null) {
            own.ifPresent(SigningKey::close);
        }
    }
}
