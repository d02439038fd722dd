package io.walnut.enclave.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/**
 * One enclave process from its start to its end.
 *
 * @param printed standard output
 * @param millis wall time
 * @param peakKib the highest resident set that the kernel reports; sampled until the process is gone
 */
record ColdRun(String printed, double millis, long peakKib) {

    private static final long SAMPLE_NANOS = 2_000_000;

    static ColdRun of(List<String> command, Map<String, String> variables, Path directory) throws IOException {
        var builder = new ProcessBuilder(command).directory(directory.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().keySet().removeIf(name -> name.startsWith("IEXEC_"));
        builder.environment().putAll(variables);
        long start = System.nanoTime();
        Process process = builder.start();
        long peak = 0;
        while (process.isAlive()) {
            peak = Math.max(peak, peak(process.pid()));
            LockSupport.parkNanos(SAMPLE_NANOS);
        }
        double millis = (System.nanoTime() - start) / 1e6;
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
        return new ColdRun(printed, millis, peak);
    }

    private static long peak(long pid) {
        try {
            return Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream()
                    .filter(line -> line.startsWith("VmHWM:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", ""))).findFirst().orElse(0);
        } catch (IOException e) {
            // It has just ended.
            return 0;
        }
    }
}
