package io.walnut.ejb.chain;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The escrow's chain and iExec's, which may be one. */
@ApplicationScoped
public class Chains {
    @Inject
    private EscrowSettings settings;
    @Inject
    @ConfigProperty(name = "walnut.iexec.chain-id")
    private long iexecChainId;
    @Inject
    @ConfigProperty(name = "walnut.iexec.rpc-urls")
    private Optional<List<URI>> iexecRpcUrls;
    private ChainNode escrow;
    private ChainNode iexec;

    @PostConstruct
    void connect() {
        escrow = new ChainNode(new RpcClient(settings.rpcUrls()), settings.chainId(), settings.finalityDepth());
        iexec = iexecChainId == settings.chainId() ? escrow
            : new ChainNode(new RpcClient(iexecRpcUrls.orElseThrow()), iexecChainId, OptionalInt.empty());
    }

    @PreDestroy
    void disconnect() {
        escrow.rpc().close();
        iexec.rpc().close();
    }

    public ChainNode escrow() {
        return escrow;
    }

    /** The chain on which a sender sends. */
    public ChainNode of(Sender sender) {
        return sender == Sender.REQUESTER ? iexec : escrow;
    }

    /** Requests sent to all endpoints since the start. */
    public long requests() {
        return escrow.rpc().requests() + (iexec == escrow ? 0 : iexec.rpc().requests());
    }
}
