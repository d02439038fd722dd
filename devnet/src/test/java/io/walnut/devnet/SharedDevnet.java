package io.walnut.devnet;

import java.nio.file.Path;
import java.util.Map;

/** One devnet for all tests that only add to it. It ends with the test process. */
public final class SharedDevnet {

    public static final String SAMPLE = "docker.io/walnut/sample:1";

    private static Devnet devnet;

    private SharedDevnet() {
    }

    public static synchronized Devnet get() {
        if (devnet == null) {
            devnet = Devnet.start(DevnetOptions.in(dir()).withCommands(Map.of(SAMPLE, DevnetIT.sampleCommand())));
        }
        return devnet;
    }

    public static Path dir() {
        return Path.of("target", "shared-devnet");
    }
}
