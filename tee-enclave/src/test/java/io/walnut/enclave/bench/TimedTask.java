package io.walnut.enclave.bench;

import io.walnut.contracts.EnclaveResult;
import io.walnut.enclave.Enclave;
import io.walnut.enclave.input.TaskEnvironment;
import io.walnut.enclave.output.TaskOutput;
import io.walnut.enclave.rpc.RpcLimits;
import io.walnut.enclave.signing.SigningLibrary;
import java.io.IOException;

/** One task as the enclave runs it, printing how long each step took. Argument: when it was started, in ms since 1970. */
public final class TimedTask {

    private static long last;

    private TimedTask() {
    }

    public static void main(String[] arguments) throws IOException {
        System.out.print("start " + (System.currentTimeMillis() - Long.parseLong(arguments[0])));
        last = System.nanoTime();
        var environment = new TaskEnvironment(System.getenv());
        EnclaveResult result = new Enclave(environment, SigningLibrary.LIBSECP256K1, RpcLimits.STANDARD,
                TimedTask::done).run();
        new TaskOutput(environment.output().orElseThrow()).write(result.encode());
        done("output");
        System.out.println();
        Runtime.getRuntime().halt(0);
    }

    private static void done(String step) {
        // Plain text: a formatter would cost more than some of the steps.
        System.out.print(", " + step + " " + (System.nanoTime() - last) / 10_000 / 100.0);
        last = System.nanoTime();
    }
}
