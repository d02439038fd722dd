package io.walnut.ejb.iexec;

import io.walnut.ejb.iexec.dataset.UploadNode;
import io.walnut.ejb.iexec.hub.ClaimBack;
import io.walnut.ejb.iexec.hub.Funds;
import io.walnut.ejb.iexec.hub.Hub;
import io.walnut.ejb.iexec.hub.Matching;
import io.walnut.ejb.iexec.hub.Registries;
import io.walnut.ejb.iexec.hub.TaskWatch;
import io.walnut.ejb.iexec.hub.TransactionSender;
import io.walnut.ejb.iexec.market.OfferSearch;
import io.walnut.ejb.iexec.market.OrderBook;
import io.walnut.ejb.iexec.result.ResultGateways;
import io.walnut.ejb.iexec.rpc.JsonRpc;
import io.walnut.ejb.iexec.sms.Sms;

import java.time.Duration;

/**
 * All parts of the client for one network. The steps of one task, each safe to repeat:
 *
 * <ol>
 * <li>{@code TaskRequest.create} with a fresh salt, stored before anything else;
 * <li>{@link #sms()}: {@code storeResultKey} once, {@code storeRequesterSecret} for each of its secret names;
 * <li>{@link #offers()}: {@code search};
 * <li>{@link #matching()}: {@code plan}, and send its call; {@code Matched} when the deal exists;
 * <li>{@link #tasks()}: {@code tick} until the task is completed, or its time is over;
 * <li>{@link #results()}: {@code fetch}, then {@code ResultArchive.open};
 * <li>or, past the final deadline, {@link #claimBack()}: {@code plan}, and send its call.
 * </ol>
 *
 * Safe for threads. Made once and kept.
 */
public final class IexecClient implements AutoCloseable {

    private static final Duration TIMEOUT = Duration.ofSeconds(20);
    private static final int DOWNLOAD_ROUNDS = 2;

    private final IexecNetwork network;
    private final Http http;
    private final JsonRpc rpc;
    private final Hub hub;

    public IexecClient(IexecNetwork network) {
        this(network, TIMEOUT);
    }

    /** @param timeout for one exchange with any party */
    public IexecClient(IexecNetwork network, Duration timeout) {
        this.network = network;
        this.http = new Http(timeout);
        this.rpc = new JsonRpc(network.rpcUrls(), http);
        this.hub = new Hub(network, rpc);
    }

    public IexecNetwork network() {
        return network;
    }

    public JsonRpc rpc() {
        return rpc;
    }

    public Hub hub() {
        return hub;
    }

    public Funds funds() {
        return new Funds(hub);
    }

    public Matching matching() {
        return new Matching(hub, funds());
    }

    public TaskWatch tasks() {
        return new TaskWatch(hub);
    }

    public ClaimBack claimBack() {
        return new ClaimBack(hub);
    }

    public Sms sms() {
        return new Sms(network.smsUrl(), http);
    }

    public Registries registries() {
        return new Registries(hub);
    }

    /** For commands and tests; the portal sends through its outbox. */
    public TransactionSender sender() {
        return new TransactionSender(rpc, network.chainId());
    }

    /** Asks the hub for its domain, the first time. */
    public OrderBook orderBook() {
        return new OrderBook(network.orderBookUrl(), hub.domain(), http);
    }

    public OfferSearch offers() {
        return new OfferSearch(orderBook(), network.framework());
    }

    /** @throws IexecException CONFIGURATION when the network has none */
    public UploadNode uploads() {
        return new UploadNode(network.uploadUrl().orElseThrow(() -> new IexecException(
                IexecException.Code.CONFIGURATION, "set walnut.iexec.upload-url: an IPFS node that takes files")), http);
    }

    public ResultGateways results() {
        return new ResultGateways(network.resultGateways(), DOWNLOAD_ROUNDS, http);
    }

    @Override
    public void close() {
        http.close();
    }
}
