package io.walnut.ejb.iexec.hub;

import static io.walnut.ejb.iexec.hub.HubAbi.word;

import io.walnut.contracts.Address;
import io.walnut.contracts.Bytes32;
import io.walnut.ejb.iexec.IexecException;
import io.walnut.ejb.iexec.IexecException.Code;
import io.walnut.ejb.iexec.IexecNetwork;
import io.walnut.ejb.iexec.order.DealId;
import io.walnut.ejb.iexec.order.HubDomain;
import io.walnut.ejb.iexec.order.TaskId;
import io.walnut.ejb.iexec.result.ResultLocation;
import io.walnut.ejb.iexec.rpc.AbiReader;
import io.walnut.ejb.iexec.rpc.JsonRpc;
import io.walnut.ejb.iexec.rpc.RpcAnswer;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Reads of one hub. Safe for threads. */
public final class Hub {

    /** Of {@code Error(string)}. */
    private static final String ERROR_SELECTOR = "0x08c379a0";

    private final IexecNetwork network;
    private final JsonRpc rpc;
    private final Map<BigInteger, Duration> timeLimits = new ConcurrentHashMap<>();
    private volatile HubDomain domain;

    /**
     * Money at the hub.
     *
     * @param stake free, in nRLC
     * @param locked in running deals, in nRLC
     */
    public record Account(BigInteger stake, BigInteger locked) {
    }

    /** What a simulated call gave. */
    sealed interface Outcome {

        record Returned(AbiReader answer) implements Outcome {
        }

        /** @param reason the contract's text, or the node's message where the contract gave none */
        record Reverted(String reason) implements Outcome {
        }
    }

    public Hub(IexecNetwork network, JsonRpc rpc) {
        this.network = network;
        this.rpc = rpc;
    }

    public Address address() {
        return network.hub();
    }

    /**
     * The EIP-712 domain, asked once.
     *
     * @throws IexecException RPC_NONSENSE when chain or hub are not those of the configuration
     */
    public HubDomain domain() {
        HubDomain known = domain;
        if (known == null) {
            AbiReader answer = read(address(), HubAbi.call("domain")).at(0);
            known = new HubDomain(answer.text(0), answer.text(1), answer.number(2), answer.address(3));
            if (!known.chainId().equals(BigInteger.valueOf(network.chainId())) || !known.hub().equals(address())) {
                throw new IexecException(Code.RPC_NONSENSE, "the hub says it is " + known.hub() + " on chain "
                        + known.chainId() + ", but " + address() + " on chain " + network.chainId()
                        + " is configured");
            }
            domain = known;
        }
        return known;
    }

    public Optional<Deal> deal(DealId id) {
        return Deal.read(id, read(address(), HubAbi.call("viewDeal", word(id.value()))));
    }

    public TaskState task(TaskId id) {
        return task(id, read(address(), HubAbi.call("viewTask", word(id.value()))));
    }

    static TaskState task(TaskId id, AbiReader answer) {
        AbiReader task = answer.at(0);
        TaskStatus status = TaskStatus.of(task.number(0).min(BigInteger.valueOf(255)).intValue());
        if (status == null) {
            throw new IexecException(Code.RPC_NONSENSE, "the hub shows a task status that PoCo does not have");
        }
        Optional<Instant> deadline = status == TaskStatus.UNSET ? Optional.empty() : Optional.of(task.time(6));
        return new TaskState(id, status, deadline,
                status == TaskStatus.COMPLETED ? ResultLocation.parse(task.bytes(12)) : Optional.empty());
    }

    /** How much of an order's volume was used; its whole volume when the order was cancelled. */
    public BigInteger consumed(Bytes32 orderHash) {
        return read(address(), HubAbi.call("viewConsumed", word(orderHash))).number(0);
    }

    public Account account(Address owner) {
        AbiReader answer = read(address(), HubAbi.call("viewAccount", word(owner)));
        return new Account(answer.number(0), answer.number(1));
    }

    /**
     * How long a deal of this category may take until its tasks can be claimed back. Asked once: the hub has
     * no way to change a category.
     */
    public Duration timeLimit(BigInteger category) {
        Duration known = timeLimits.get(category);
        if (known == null) {
            known = readTimeLimit(category);
            timeLimits.put(category, known);
        }
        return known;
    }

    private Duration readTimeLimit(BigInteger category) {
        BigInteger unit = read(address(), HubAbi.call("viewCategory", word(category))).at(0).number(2);
        BigInteger ratio = read(address(), HubAbi.call("final_deadline_ratio")).number(0);
        return Duration.ofSeconds(unit.multiply(ratio).min(BigInteger.valueOf(Integer.MAX_VALUE)).longValue());
    }

    /** The RLC token's contract; meaningless on a network with native funds. */
    public Address token() {
        return read(address(), HubAbi.call("token")).address(0);
    }

    /** RLC in the owner's wallet, in nRLC. */
    public BigInteger walletBalance(Address owner) {
        return network.nativeFunds()
                ? JsonRpc.quantity(rpc.call("eth_getBalance", owner.hex(), "latest")).divide(Funds.WEI_PER_NRLC)
                : read(token(), HubAbi.call("balanceOf", word(owner))).number(0);
    }

    /** RLC that the hub may draw from the owner's wallet by itself, in nRLC. */
    public BigInteger allowance(Address owner) {
        return network.nativeFunds() ? BigInteger.ZERO
                : read(token(), HubAbi.call("allowance", word(owner), word(address()))).number(0);
    }

    /** @throws IexecException CALL_REVERTED with the contract's reason */
    AbiReader read(Address to, String data) {
        return switch (simulate(Address.ZERO, HubCall.of(to, data, ""))) {
            case Outcome.Returned returned -> returned.answer();
            case Outcome.Reverted reverted ->
                    throw new IexecException(Code.CALL_REVERTED, "the contract refused: " + reverted.reason());
        };
    }

    /** What the call would do if {@code from} sent it now. */
    Outcome simulate(Address from, HubCall call) {
        var transaction = Map.of("from", from.hex(), "to", call.to().hex(), "data", call.data(),
                "value", JsonRpc.hex(call.value()));
        return switch (rpc.answer(new JsonRpc.Call("eth_call", List.of(transaction, "latest")))) {
            case RpcAnswer.Result result -> new Outcome.Returned(AbiReader.of(result.value().asText()));
            case RpcAnswer.Failure failure when isRevert(failure) -> new Outcome.Reverted(reason(failure));
            case RpcAnswer.Failure failure ->
                    throw new IexecException(Code.RPC_REFUSED, "the iExec chain's node refused eth_call: "
                            + failure.message());
        };
    }

    /** 3 is Geth's and Nitro's code, -32015 that of OpenEthereum and Nethermind, which Bellecour runs. */
    private static boolean isRevert(RpcAnswer.Failure failure) {
        return failure.code() == 3 || failure.code() == -32015 || failure.message().contains("revert");
    }

    private static String reason(RpcAnswer.Failure failure) {
        String data = failure.data().replaceFirst("^Reverted ", "");
        if (data.startsWith(ERROR_SELECTOR)) {
            String text = AbiReader.of("0x" + data.substring(ERROR_SELECTOR.length())).text(0);
            return text.replaceAll("[^\\x20-\\x7e]", "?");
        }
        return failure.message();
    }

    JsonRpc rpc() {
        return rpc;
    }

    IexecNetwork network() {
        return network;
    }
}
