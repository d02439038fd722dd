package io.walnut.enclave;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReproducibleIT {

    @Test
    void twoBuildsOfJarAndLayerAreByteEqual(@TempDir Path directory) throws IOException, InterruptedException {
        var builder = new ProcessBuilder("image/check-reproducible.sh");
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        Path printed = directory.resolve("printed");
        Process check = builder.redirectErrorStream(true).redirectOutput(printed.toFile()).start();
        boolean ended = check.waitFor(8, TimeUnit.MINUTES);
        if (!ended) {
            check.destroy();
        }
        assertEquals("0", ended ? Integer.toString(check.exitValue()) : "no end",
                Files.readString(printed, StandardCharsets.UTF_8));
    }
}
