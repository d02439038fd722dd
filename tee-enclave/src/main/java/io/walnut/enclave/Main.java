package io.walnut.enclave;

import io.walnut.contracts.Bytes32;
import io.walnut.contracts.EnclaveResult;
import io.walnut.enclave.input.TaskEnvironment;
import io.walnut.enclave.output.TaskOutput;
import io.walnut.enclave.rpc.RpcLimits;
import io.walnut.enclave.signing.SigningLibrary;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Runs one iExec task. Prints one word: {@code SIGNED} or a {@link RefusalCode}. The exit status is 0
 * whenever a result was written, also a refusal, because iExec drops the result of a task that fails; it
 * is {@value #NO_OUTPUT} when there is nowhere to write.
 */
public final class Main {

    static final int WRITTEN = 0;
    static final int NO_OUTPUT = 74;

    private Main() {
    }

    public static void main(String[] arguments) {
        // halt, because a provider's thread may still hang; nothing is left to be flushed or closed.
        int status = run(arguments, new TaskEnvironment(System.getenv()));
        System.out.flush();
        Runtime.getRuntime().halt(status);
    }

    private static int run(String[] arguments, TaskEnvironment environment) {
        Optional<Path> directory = environment.output();
        if (directory.isEmpty()) {
            System.out.println(RefusalCode.OUTPUT_UNUSABLE);
            return NO_OUTPUT;
        }
        EnclaveResult result = compute(arguments, environment);
        try {
            new TaskOutput(directory.get()).write(result);
        } catch (IOException | RuntimeException e) {
            System.out.println(RefusalCode.OUTPUT_UNUSABLE);
            return NO_OUTPUT;
        }
        System.out.println(word(result));
        return WRITTEN;
    }

    private static EnclaveResult compute(String[] arguments, TaskEnvironment environment) {
        try {
            if (arguments.length > 0) {
                // They are public and the requester's: there is none that the enclave would obey.
                throw new Refused(RefusalCode.ARGUMENTS_UNKNOWN);
            }
            var library = SigningLibrary.chosen(System.getProperty(SigningLibrary.PROPERTY));
            return new Enclave(environment, library, RpcLimits.STANDARD, Steps.IGNORED).run();
        } catch (Refused refusal) {
            return new EnclaveResult.Refused(Bytes32.ZERO, refusal.code().name());
        }
    }

    private static String word(EnclaveResult result) {
        return switch (result) {
            case EnclaveResult.Signed signed -> "SIGNED";
            case EnclaveResult.Refused refused -> refused.code();
        };
    }
}
