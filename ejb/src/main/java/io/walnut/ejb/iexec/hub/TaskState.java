package io.walnut.ejb.iexec.hub;

import io.walnut.ejb.iexec.order.TaskId;
import io.walnut.ejb.iexec.result.ResultLocation;

import java.time.Instant;
import java.util.Optional;

/**
 * What the hub says of a task now.
 *
 * @param finalDeadline when it can be claimed back; empty before the scheduler began it, see {@link ClaimBack}
 * @param result where its result lies; present only when it is completed and its result is on IPFS
 */
public record TaskState(
        TaskId id, TaskStatus status, Optional<Instant> finalDeadline, Optional<ResultLocation> result) {
}
