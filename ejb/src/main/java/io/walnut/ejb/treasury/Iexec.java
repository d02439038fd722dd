package io.walnut.ejb.treasury;

import io.walnut.contracts.Address;
import io.walnut.contracts.Bytes32;
import io.walnut.contracts.VoucherRequest;
import io.walnut.ejb.chain.Sender;
import io.walnut.ejb.chain.SenderKeys;
import io.walnut.ejb.iexec.IexecClient;
import io.walnut.ejb.iexec.IexecNetwork;
import io.walnut.ejb.iexec.SigningKey;
import io.walnut.ejb.iexec.order.RequestTerms;
import io.walnut.ejb.iexec.order.TaskRequest;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.math.BigInteger;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;

/** The iExec network that is configured ({@code walnut.iexec.*}), and what is asked there. */
@ApplicationScoped
public class Iexec {
    @Inject
    private SenderKeys keys;
    private IexecClient client;

    synchronized IexecClient client() {
        if (client == null) {
            Config config = ConfigProvider.getConfig();
            client = new IexecClient(IexecNetwork.configured(
                key -> config.getOptionalValue(key, String.class).orElse(null)));
        }
        return client;
    }

    /** @throws IllegalStateException when no requester is configured */
    SigningKey requester() {
        return keys.key(Sender.REQUESTER).orElseThrow(() -> new IllegalStateException(
            "set walnut.iexec.requester.keystore: the key that pays for tasks"));
    }

    /** What the settings ask for now. */
    RequestTerms terms() {
        Config config = ConfigProvider.getConfig();
        return new RequestTerms(address(config, "app"), address(config, "dataset"), address(config, "workerpool"),
            client().network().framework(),
            new BigInteger(config.getOptionalValue("walnut.iexec.category", String.class).orElse("0")),
            new BigInteger(config.getValue("walnut.iexec.max-price", String.class)));
    }

    /** The same terms and salt always give the same order, deal and task. */
    TaskRequest request(RequestTerms terms, Bytes32 salt) {
        return TaskRequest.create(terms, requester().address(), VoucherRequest.CHUNKS, salt, client().hub().domain());
    }

    private static Address address(Config config, String key) {
        return config.getOptionalValue("walnut.iexec." + key, String.class).map(Address::parse).orElse(Address.ZERO);
    }

    @PreDestroy
    synchronized void close() {
        if (client != null) {
            client.close();
        }
    }
}
