package io.walnut.ejb.chain;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.URI;
import java.util.ArrayList;
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
    private final List<RpcClient> clients = new ArrayList<>();
    private ChainNode escrow;
    private ChainNode iexec;

    @PostConstruct
    void connect() {
        RpcClient rpc = client(settings.rpcUrls());
        escrow = new ChainNode(rpc, settings.submitUrls().map(this::client).orElse(rpc), settings.chainId(),
            settings.finalityDepth());
        if (iexecChainId == settings.chainId()) {
            iexec = escrow;
        } else {
            RpcClient other = client(iexecRpcUrls.orElseThrow());
            iexec = new ChainNode(other, other, iexecChainId, OptionalInt.empty());
        }
    }

    private RpcClient client(List<URI> urls) {
        var client = new RpcClient(urls);
        clients.add(client);
        return client;
    }

    @PreDestroy
    void disconnect() {
        clients.forEach(RpcClient::close);
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
        return clients.stream().mapToLong(RpcClient::requests).sum();
    }
}
