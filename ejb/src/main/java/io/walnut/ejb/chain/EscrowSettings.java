package io.walnut.ejb.chain;

import io.walnut.contracts.Address;
import io.walnut.contracts.EscrowDomain;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.math.BigInteger;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Which escrow on which chain, and how it is reached: the {@code walnut.escrow.*} settings. */
@ApplicationScoped
public class EscrowSettings {
    @Inject
    @ConfigProperty(name = "walnut.escrow.chain-id")
    private long chainId;
    @Inject
    @ConfigProperty(name = "walnut.escrow.rpc-urls")
    private List<URI> rpcUrls;
    @Inject
    @ConfigProperty(name = "walnut.escrow.submit-urls")
    private Optional<List<URI>> submitUrls;
    @Inject
    @ConfigProperty(name = "walnut.escrow.address")
    private String address;
    @Inject
    @ConfigProperty(name = "walnut.escrow.from-block", defaultValue = "0")
    private long fromBlock;
    @Inject
    @ConfigProperty(name = "walnut.escrow.finality", defaultValue = "finalized")
    private String finality;
    @Inject
    @ConfigProperty(name = "walnut.escrow.log-range", defaultValue = "5000")
    private int logRange;
    @Inject
    @ConfigProperty(name = "walnut.relayer.fee", defaultValue = "0")
    private BigInteger relayerFee;

    public EscrowDomain domain() {
        return new EscrowDomain(chainId, address());
    }

    public long chainId() {
        return chainId;
    }

    public List<URI> rpcUrls() {
        return rpcUrls;
    }

    /** Where transactions are sent instead; nothing falls back to {@link #rpcUrls}, which may be public. */
    public Optional<List<URI>> submitUrls() {
        return submitUrls;
    }

    public Address address() {
        return Address.parse(address);
    }

    /** The first block that can hold an event of the escrow. */
    public long fromBlock() {
        return fromBlock;
    }

    /** Blocks to stay behind the head; empty where the chain says itself what is finalized. */
    public OptionalInt finalityDepth() {
        return "finalized".equals(finality) ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(finality));
    }

    public String finality() {
        return finality;
    }

    /** The most blocks asked for in one query of logs. */
    public int logRange() {
        return logRange;
    }

    /** What the relayer asks for one claim, in the token's smallest unit. */
    public BigInteger relayerFee() {
        return relayerFee;
    }
}
