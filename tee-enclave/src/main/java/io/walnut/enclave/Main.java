package io.walnut.enclave;

import io.walnut.contracts.Bytes32;
import io.walnut.contracts.EnclaveResult;
import io.walnut.enclave.ceremony.StatementJson;
import io.walnut.enclave.input.TaskEnvironment;
import io.walnut.enclave.output.TaskOutput;
import io.walnut.enclave.rpc.RpcLimits;
import io.walnut.enclave.signing.SigningLibrary;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/**
 * Runs one iExec task. Prints one word: {@code SIGNED}, {@code SIGNER} or a {@link RefusalCode}. The exit status is 0
 * whenever a result was written, also a refusal, because iExec drops the result of a task that fails; it
 * is {@value #NO_OUTPUT} when there is nowhere to write.
 */
public final class Main {

    static final int WRITTEN = 0;
    static final int NO_OUTPUT = 74;
    /** Argument of the key ceremony's task: state the signer address instead of signing vouchers. */
    static final String SIGNER = "signer";

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
        Document document = compute(arguments, environment);
        try {
            new TaskOutput(directory.get()).write(document.bytes());
        } catch (IOException | RuntimeException | Error e) {
            System.out.println(RefusalCode.OUTPUT_UNUSABLE);
            return NO_OUTPUT;
        }
        System.out.println(document.word());
        return WRITTEN;
    }

    /** @param word what is printed of it */
    private record Document(byte[] bytes, String word) {

        static Document of(EnclaveResult result) {
            return new Document(result.encode(), switch (result) {
                case EnclaveResult.Signed signed -> "SIGNED";
                case EnclaveResult.Refused refused -> refused.code();
            });
        }
    }

    /** The arguments are public and the requester's: the enclave obeys one, which reveals nothing secret. */
    private static Document compute(String[] arguments, TaskEnvironment environment) {
        try {
            var library = SigningLibrary.chosen(System.getProperty(SigningLibrary.PROPERTY));
            var enclave = new Enclave(environment, library, RpcLimits.STANDARD, Steps.IGNORED);
            if (Arrays.equals(arguments, new String[] {SIGNER})) {
                return new Document(StatementJson.encode(enclave.stateSigner()), "SIGNER");
            }
            if (arguments.length > 0) {
                throw new Refused(RefusalCode.ARGUMENTS_UNKNOWN);
            }
            return Document.of(enclave.run());
        } catch (Refused refusal) {
            return Document.of(new EnclaveResult.Refused(Bytes32.ZERO, refusal.code().name()));
        } catch (RuntimeException | Error e) {
            return Document.of(new EnclaveResult.Refused(Bytes32.ZERO, RefusalCode.INTERNAL_ERROR.name()));
        }
    }
}
