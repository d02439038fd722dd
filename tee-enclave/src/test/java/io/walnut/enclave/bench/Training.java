package io.walnut.enclave.bench;

import io.walnut.contracts.Address;
import io.walnut.contracts.EscrowDomain;
import io.walnut.enclave.TaskFixture;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Runs the enclave once on a whole task of 500 notes, so that a start-up archive can be made from what it
 * loaded. Usage: {@code Training WORK-DIRECTORY COMMAND…}, where the command starts the enclave.
 */
public final class Training {

    private static final Address ESCROW = Address.parse("0x00000000000000000000000000000000000000e5");

    private Training() {
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        TaskFixture task = TaskFixture.of(Path.of(arguments[0]), new EscrowDomain(65_535, ESCROW), 500);
        try (var first = new TrainingChain(65_535, ESCROW, task.deposit);
                var second = new TrainingChain(65_535, ESCROW, task.deposit)) {
            task.dataset(List.of(first.url(), second.url()), 2);
            var builder = new ProcessBuilder(List.of(arguments).subList(1, arguments.length));
            builder.environment().keySet().removeIf(name -> name.startsWith("IEXEC_"));
            builder.environment().putAll(task.variables());
            Process enclave = builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
            String printed = new String(enclave.getInputStream().readAllBytes());
            boolean ended = enclave.waitFor(120, TimeUnit.SECONDS);
            // A JVM that records may print more than the enclave does.
            if (!ended || enclave.exitValue() != 0 || !printed.contains("SIGNED")) {
                System.err.println("the training task was not signed: " + printed);
                System.exit(1);
            }
        }
        System.exit(0);
    }
}
