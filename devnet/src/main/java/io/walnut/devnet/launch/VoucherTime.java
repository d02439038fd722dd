package io.walnut.devnet.launch;

import io.walnut.contracts.Address;
import io.walnut.contracts.Bytes32;
import io.walnut.devnet.rpc.Abi;
import io.walnut.devnet.rpc.Log;
import io.walnut.devnet.rpc.Rpc;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * How long the vouchers of the one batch of this chain took.
 *
 * @param whole from the portal's sight of the deposit's finality to links that are ready
 * @param task of it, from the block of the deal to the block that finalized the task: iExec's own time
 */
record VoucherTime(Duration whole, Duration task) {

    private static final Bytes32 DEAL = Abi.topic("SchedulerNotice(address,bytes32)");
    private static final Bytes32 DONE = Abi.topic("TaskFinalize(bytes32,bytes)");

    static VoucherTime measure(ApiClient auditor, Rpc chain, Address hub) {
        JsonNode events = auditor.get("events?limit=100").path("data");
        long own = blockTime(chain, only(chain, hub, DONE)) - blockTime(chain, only(chain, hub, DEAL));
        return new VoucherTime(Duration.between(when(events, "batch.finalized"), when(events, "batch.ready")),
                Duration.ofSeconds(own));
    }

    Duration beyond() {
        return whole.minus(task);
    }

    private static OffsetDateTime when(JsonNode events, String type) {
        for (JsonNode event : events) {
            if (event.path("type").asString().equals(type)) {
                return OffsetDateTime.parse(event.path("occurred_at").asString());
            }
        }
        throw new LaunchException("the portal has no event " + type);
    }

    private static long only(Rpc chain, Address hub, Bytes32 topic) {
        List<Log> logs = chain.logs(hub, 0, chain.blockNumber(), List.of(topic));
        if (logs.size() != 1) {
            throw new LaunchException("the hub has " + logs.size() + " events " + topic + " where one is expected");
        }
        return logs.getFirst().block();
    }

    private static long blockTime(Rpc chain, long block) {
        return Rpc.quantity(chain.call("eth_getBlockByNumber", Rpc.hex(block), false).get("timestamp")).longValueExact();
    }
}
