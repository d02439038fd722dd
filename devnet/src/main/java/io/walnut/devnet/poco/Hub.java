package io.walnut.devnet.poco;

import io.walnut.contracts.Address;
import io.walnut.contracts.Bytes32;
import io.walnut.contracts.Hex;
import io.walnut.contracts.Keccak;
import io.walnut.devnet.rpc.Abi;
import io.walnut.devnet.rpc.AbiReader;
import io.walnut.devnet.rpc.Log;
import io.walnut.devnet.rpc.Rpc;
import io.walnut.devnet.rpc.RpcException;
import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Reads the iExec hub and the registries. */
public final class Hub {

    private static final Bytes32 SCHEDULER_NOTICE = Abi.topic("SchedulerNotice(address,bytes32)");
    private static final Bytes32 ORDERS_MATCHED =
            Abi.topic("OrdersMatched(bytes32,bytes32,bytes32,bytes32,bytes32,uint256)");

    /** A constant of the contracts: a task's last contribution comes within so many times its category's time. */
    private static final long CONTRIBUTION_DEADLINE_RATIO = 7;

    private final Rpc rpc;
    private final PocoContracts contracts;

    public Hub(Rpc rpc, PocoContracts contracts) {
        this.rpc = rpc;
        this.contracts = contracts;
    }

    public PocoContracts contracts() {
        return contracts;
    }

    public Rpc rpc() {
        return rpc;
    }

    /** The deals of one workerpool that were made in these blocks. */
    public List<Bytes32> dealsNoticed(Address workerpool, long fromBlock, long toBlock) {
        return rpc.logs(contracts.hub(), fromBlock, toBlock, List.of(SCHEDULER_NOTICE, word(workerpool))).stream()
                .map(log -> AbiReader.of(log.data()).bytes32(0)).toList();
    }

    /** All matches of these blocks: deal id, the four order hashes, volume. */
    public List<Log> ordersMatched(long fromBlock, long toBlock) {
        return rpc.logs(contracts.hub(), fromBlock, toBlock, List.of(ORDERS_MATCHED));
    }

    /** @return empty when the chain does not know it (any more) */
    public Optional<Deal> deal(Bytes32 id) {
        AbiReader words = AbiReader.of(view("viewDeal(bytes32)", id)).tuple(0);
        return words.address(0).isZero() ? Optional.empty() : Optional.of(Deal.of(id, words));
    }

    public Task task(Bytes32 id) {
        return Task.of(id, AbiReader.of(view("viewTask(bytes32)", id)).tuple(0));
    }

    /** 0 none, 1 contributed, 2 proved, 3 rejected. */
    public int contributionStatus(Bytes32 task, Address worker) {
        return AbiReader.of(rpc.ethCall(contracts.hub(), Abi.call("viewContribution(bytes32,address)",
                Abi.bytes32(task), Abi.address(worker)))).uint(0).intValueExact();
    }

    /** How long an app of the deal's category may run. */
    public Duration categoryTime(Deal deal) {
        return Duration.ofSeconds(AbiReader.of(rpc.ethCall(contracts.hub(),
                Abi.call("viewCategory(uint256)", Abi.uint(deal.category())))).tuple(0).uint(2).longValueExact());
    }

    /** Seconds since 1970; known before the task is initialized. */
    public BigInteger contributionDeadline(Deal deal) {
        return deal.startTime().add(BigInteger.valueOf(categoryTime(deal).toSeconds() * CONTRIBUTION_DEADLINE_RATIO));
    }

    /** The latest block's time, seconds since 1970. */
    public BigInteger now() {
        return Rpc.quantity(rpc.call("eth_getBlockByNumber", "latest", false).get("timestamp"));
    }

    /** How much of an order's volume was matched. */
    public BigInteger consumed(Bytes32 orderHash) {
        return AbiReader.of(view("viewConsumed(bytes32)", orderHash)).uint(0);
    }

    public boolean isPresigned(Bytes32 orderHash) {
        return !AbiReader.of(view("viewPresigned(bytes32)", orderHash)).address(0).isZero();
    }

    public Bytes32 domainSeparator() {
        return AbiReader.of(rpc.ethCall(contracts.hub(), Abi.call("eip712domain_separator()"))).bytes32(0);
    }

    /** Where an app's image or a dataset's file is, as its registry entry says: text, or a binary multiaddr. */
    public byte[] appMultiaddr(Address app) {
        return AbiReader.of(rpc.ethCall(app, Abi.call("m_appMultiaddr()"))).bytes(0);
    }

    public String appName(Address app) {
        return AbiReader.of(rpc.ethCall(app, Abi.call("m_appName()"))).string(0);
    }

    /** What the trusted hardware should measure: JSON for SCONE, nothing for TDX. */
    public byte[] appMeasurement(Address app) {
        return AbiReader.of(rpc.ethCall(app, Abi.call("m_appMREnclave()"))).bytes(0);
    }

    public byte[] datasetMultiaddr(Address dataset) {
        return AbiReader.of(rpc.ethCall(dataset, Abi.call("m_datasetMultiaddr()"))).bytes(0);
    }

    public Bytes32 datasetChecksum(Address dataset) {
        return AbiReader.of(rpc.ethCall(dataset, Abi.call("m_datasetChecksum()"))).bytes32(0);
    }

    public boolean isRegistered(Address registry, Address entry) {
        return AbiReader.of(rpc.ethCall(registry, Abi.call("isRegistered(address)", Abi.address(entry)))).uint(0)
                .signum() != 0;
    }

    /** @return empty when it is no registry entry */
    public Optional<Address> ownerOf(Address entry) {
        try {
            byte[] answer = rpc.ethCall(entry, Abi.call("owner()"));
            return answer.length == 0 ? Optional.empty() : Optional.of(AbiReader.of(answer).address(0));
        } catch (RpcException e) {
            return Optional.empty();
        }
    }

    public static Bytes32 taskId(Bytes32 deal, BigInteger index) {
        return Keccak.hash(deal.bytes(), Hex.decode("0x" + String.format("%064x", index)));
    }

    private byte[] view(String signature, Bytes32 id) {
        return rpc.ethCall(contracts.hub(), Abi.call(signature, Abi.bytes32(id)));
    }

    private static Bytes32 word(Address address) {
        byte[] word = new byte[Bytes32.LENGTH];
        System.arraycopy(address.bytes(), 0, word, Bytes32.LENGTH - Address.LENGTH, Address.LENGTH);
        return Bytes32.of(word);
    }
}
