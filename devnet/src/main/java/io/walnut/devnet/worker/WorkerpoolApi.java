package io.walnut.devnet.worker;

import io.walnut.contracts.Address;
import io.walnut.contracts.Bytes32;
import io.walnut.devnet.http.Challenges;
import io.walnut.devnet.http.HttpError;
import io.walnut.devnet.http.HttpService;
import io.walnut.devnet.http.Request;
import io.walnut.devnet.http.Response;
import io.walnut.devnet.poco.Hub;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What a workerpool tells about its tasks off chain, and the compass that leads from a workerpool to this
 * API: {@code task.fetchOffchainInfo} and {@code task.fetchLogs} of the SDK.
 */
public final class WorkerpoolApi {

    private final Scheduler scheduler;
    private final Hub hub;
    private final long chainId;
    private final Address worker;
    private final Challenges challenges;

    public WorkerpoolApi(Scheduler scheduler, Hub hub, long chainId, Address worker) {
        this.scheduler = scheduler;
        this.hub = hub;
        this.chainId = chainId;
        this.worker = worker;
        this.challenges = new Challenges("iExec Result Repository", chainId);
    }

    public void addRoutes(HttpService http) {
        http.route("GET", "/{chain}/workerpools/{workerpool}", request -> compass(request, http));
        http.route("GET", "/tasks/logs/challenge", request -> Response.json(
                challenges.issue(Request.address(request.parameter("address")))));
        http.route("GET", "/tasks/{task}", this::task);
        http.route("GET", "/tasks/{task}/logs", this::logs);
    }

    private Response compass(Request request, HttpService http) {
        boolean ours = request.path().get("chain").equals(Long.toString(chainId))
                && Request.address(request.path().get("workerpool")).equals(scheduler.workerpool());
        if (!ours) {
            throw new HttpError(404, "no such workerpool here");
        }
        return Response.json(Map.of("apiUrl", http.url().toString()));
    }

    private Response task(Request request) {
        TaskRecord record = record(request);
        List<Map<String, Object>> history = record.entries().stream()
                .map(entry -> Map.<String, Object>of("status", status(entry.stage()), "date", entry.time().toString()))
                .toList();
        var replicate = new LinkedHashMap<String, Object>();
        replicate.put("walletAddress", worker.toString());
        replicate.put("currentStatus", status(record.stage()));
        replicate.put("statusUpdateList", history);
        record.exit().ifPresent(exit -> replicate.put("appExitCode", exit));
        return Response.json(Map.of("chainTaskId", record.id().toString(), "currentStatus", status(record.stage()),
                "dateStatusList", history, "replicates", List.of(replicate)));
    }

    private Response logs(Request request) {
        TaskRecord record = record(request);
        Address reader = challenges.redeem(request.header("authorization"));
        if (hub.deal(record.deal()).filter(deal -> deal.requester().equals(reader)).isEmpty()) {
            throw new HttpError(403, "only the requester may read a task's logs");
        }
        return Response.json(Map.of("computeLogsList", List.of(Map.of("walletAddress", worker.toString(),
                "stdout", record.output(), "stderr", ""))));
    }

    private TaskRecord record(Request request) {
        try {
            Bytes32 id = Bytes32.parse(request.path().get("task"));
            return scheduler.tasks().stream().filter(record -> record.id().equals(id)).findFirst()
                    .orElseThrow(() -> new HttpError(404, "no such task here"));
        } catch (IllegalArgumentException e) {
            throw new HttpError(400, "a task id is 32 bytes in hexadecimal");
        }
    }

    private static String status(String stage) {
        return stage.toUpperCase(Locale.ROOT).replace(' ', '_');
    }
}
