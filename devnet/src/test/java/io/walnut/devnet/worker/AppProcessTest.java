package io.walnut.devnet.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(OS.WINDOWS)
@Timeout(60)
class AppProcessTest {

    private static final Duration LONG = Duration.ofSeconds(30);

    @TempDir
    private Path dir;

    @Test
    void appSeesNothingButItsEnvironment() throws Exception {
        run(List.of("/usr/bin/env"), 512, LONG);
        // The shell that sets the limit adds the working folder.
        List<String> names = Files.readAllLines(dir.resolve("output")).stream()
                .map(line -> line.substring(0, line.indexOf('=')))
                .filter(name -> !name.matches("PWD|_|SHLVL|OLDPWD")).toList();
        assertEquals(List.of("IEXEC_TASK_ID"), names);
    }

    @Test
    void appBeyondItsMemoryFails() throws Exception {
        var hog = List.of("/bin/sh", "-c", "head -c 300000000 /dev/zero | tail -c 300000000 > /dev/null");
        assertEquals(0, run(hog, 1024, LONG).exit());
        assertNotEquals(0, run(hog, 64, LONG).exit());
    }

    @Test
    void appBeyondItsTimeIsStopped() throws Exception {
        AppProcess.Ended ended = run(List.of("/bin/sleep", "30"), 512, Duration.ofMillis(300));
        assertTrue(ended.timedOut());
    }

    @Test
    void exitStatusIsTheApps() throws Exception {
        assertEquals(7, run(List.of("/bin/sh", "-c", "exit 7"), 512, LONG).exit());
    }

    private AppProcess.Ended run(List<String> command, int memory, Duration limit) throws Exception {
        return AppProcess.run(command, Map.of("IEXEC_TASK_ID", "0x1"), dir, memory, limit, dir.resolve("output"));
    }
}
