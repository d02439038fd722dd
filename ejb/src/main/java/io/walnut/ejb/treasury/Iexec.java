package io.walnut.ejb.treasury;

import io.walnut.contracts.Address;
import io.walnut.contracts.Bytes32;
import io.walnut.contracts.VoucherRequest;
import io.walnut.ejb.chain.Sender;
import io.walnut.ejb.chain.SenderKeys;
import io.walnut.ejb.iexec.IexecClient;
import io.walnut.ejb.iexec.IexecException;
import io.walnut.ejb.iexec.IexecNetwork;
import io.walnut.ejb.iexec.SigningKey;
import io.walnut.ejb.iexec.order.RequestTerms;
import io.walnut.ejb.iexec.order.TaskRequest;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.math.BigInteger;
import java.time.Duration;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;

/** The iExec network that is configured ({@code walnut.iexec.*}), and what is asked there. */
@ApplicationScoped
public class Iexec {
    private static final Duration PROBE_TIMEOUT = Duration.ofSeconds(3);

    @Inject
    private SenderKeys keys;
    private IexecClient client;
    private IexecClient probe;

    synchronized IexecClient client() {
        if (client == null) {
            client = new IexecClient(network());
        }
        return client;
    }

    private static IexecNetwork network() {
        Config config = ConfigProvider.getConfig();
        return IexecNetwork.configured(key -> config.getOptionalValue(key, String.class).orElse(null));
    }

    /** A client that does not wait long, for questions about health. */
    private synchronized IexecClient probe() {
        if (probe == null) {
            probe = new IexecClient(network(), PROBE_TIMEOUT);
        }
        return probe;
    }

    /**
     * What the requester can pay tasks with: its stake and what its wallet holds, in nRLC.
     *
     * @throws IexecException when the hub's chain or the secret management service does not answer
     */
    public BigInteger taskFunds() {
        Address requester = requester().address();
        probe().sms().hasResultKey(requester);
        return probe().hub().account(requester).stake().add(probe().hub().walletBalance(requester));
    }

    /** The most that a task may cost, in nRLC. */
    public BigInteger maxPrice() {
        return new BigInteger(ConfigProvider.getConfig().getValue("walnut.iexec.max-price", String.class));
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
            maxPrice());
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
        for (IexecClient open : new IexecClient[] {client, probe}) {
            if (open != null) {
                open.close();
            }
        }
    }
}
