package io.walnut.ejb.treasury;

import io.walnut.ejb.iexec.hub.TaskCursor;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** How far the watch of iExec tasks has come; its row lets one node at a time watch. */
@Entity
@Table(name = "iexec_cursor")
public class IexecCursor {
    static final String TASKS = "tasks";

    @Id
    private String name;
    private long blockNumber;
    private int blockRange;
    private int sweep;

    protected IexecCursor() {
    }

    IexecCursor(TaskCursor cursor) {
        name = TASKS;
        advance(cursor);
    }

    TaskCursor cursor() {
        return new TaskCursor(blockNumber, blockRange, sweep);
    }

    final void advance(TaskCursor next) {
        blockNumber = next.block();
        blockRange = next.range();
        sweep = next.sweep();
    }
}
