package io.walnut.ejb.iexec.cli;

import io.walnut.contracts.Bytes32;
import io.walnut.ejb.iexec.IexecClient;
import io.walnut.ejb.iexec.hub.TaskCursor;
import io.walnut.ejb.iexec.order.TaskId;

import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** {@code bench-ticks}: what following open tasks costs on this network. Reads only. */
final class TickBench {

    private static final int TICKS = 10;

    private TickBench() {
    }

    /** The tasks are unknown to the hub, which reads them like tasks that nobody began: cost depends on their number. */
    static void run(Options options, Context context) {
        BigInteger most = options.number("tasks", 10_000);
        options.requireNoOthers();
        if (most.bitLength() > 24 || most.signum() == 0) {
            throw new Options.UsageException("--tasks: 1 to 10,000,000 make sense");
        }
        context.say("open tasks | RPC requests a tick | ms a tick");
        for (int tasks : new int[] {Math.min(10, most.intValue()), most.intValue()}) {
            measure(context, tasks);
        }
    }

    private static void measure(Context context, int tasks) {
        IexecClient client = context.client();
        List<TaskId> open = Stream.generate(TickBench::random).limit(tasks).toList();
        TaskCursor cursor = client.tasks().tick(client.tasks().now(), open).next();
        long requests = client.rpc().requests();
        long start = System.nanoTime();
        for (int i = 0; i < TICKS; i++) {
            cursor = client.tasks().tick(cursor, open).next();
        }
        double millis = (System.nanoTime() - start) / 1e6 / TICKS;
        context.say(String.format(Locale.ROOT, "%10d | %18.1f | %9.1f", tasks,
                (client.rpc().requests() - requests) / (double) TICKS, millis));
    }

    private static TaskId random() {
        byte[] id = new byte[Bytes32.LENGTH];
        new SecureRandom().nextBytes(id);
        return new TaskId(Bytes32.of(id));
    }
}
