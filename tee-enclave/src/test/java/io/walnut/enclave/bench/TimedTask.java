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
        last = System.nanoTime();
        System.out.printf("enclave: steps without archive (ms): start %d",
                System.currentTimeMillis() - Long.parseLong(arguments[0]));
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
        System.out.printf(", %s %.0f", step, (System.nanoTime() - last) / 1e6);
        last = System.nanoTime();
    }
}
