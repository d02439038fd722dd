package io.walnut.devnet;

import io.walnut.devnet.fault.Faults.Fault;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a devnet is started with.
 *
 * @param dir takes {@code portal.properties}, key files and logs; made when absent
 * @param npm the folder that holds {@code node_modules} with anvil and the iExec contracts
 * @param enclaveJar Walnut's enclave, run as {@code java -jar}
 * @param rpcPort the chain's port; 0 for a free one
 * @param httpPort the inspection page's port; 0 for a free one
 * @param blockTime whole seconds between blocks, at least 1
 * @param finalityDepth blocks between the head and the finalized block; even, at least 2
 * @param framework the tag of the workerpool, app and dataset orders that are published
 * @param commands how to run an app, by its multiaddr: program and arguments, without a shell
 * @param faults switched on from the start
 * @param appMemory the memory limit of an app's process in MiB
 * @param killable whether chain and worker are processes of their own that keep what they know in files, so
 *     that each can be killed and started again
 */
public record DevnetOptions(Path dir, Path npm, Path enclaveJar, int rpcPort, int httpPort, Duration blockTime,
        int finalityDepth, Framework framework, Map<String, List<String>> commands, Set<Fault> faults,
        int appMemory, boolean killable) {

    public static final int DEFAULT_APP_MEMORY = 512;

    public DevnetOptions {
        if (blockTime.toSeconds() < 1 || blockTime.toNanosPart() != 0) {
            throw new IllegalArgumentException("the block time must be whole seconds, at least 1");
        }
        if (finalityDepth < 2 || finalityDepth % 2 != 0) {
            throw new IllegalArgumentException("the finality depth must be even and at least 2");
        }
        commands = Map.copyOf(commands);
        faults = Set.copyOf(faults);
    }

    /** One-second blocks, finality two blocks behind, TDX, free ports, everything found beside this module. */
    public static DevnetOptions in(Path dir) {
        Path module = module();
        Path enclave = module.resolveSibling("tee-enclave").resolve("target/walnut-enclave.jar");
        return new DevnetOptions(dir.toAbsolutePath(), module, enclave, 0, 0, Duration.ofSeconds(1), 2,
                Framework.TDX, Map.of(), Set.of(), DEFAULT_APP_MEMORY, false);
    }

    public DevnetOptions withDir(Path value) {
        return new DevnetOptions(value, npm, enclaveJar, rpcPort, httpPort, blockTime, finalityDepth,
                framework, commands, faults, appMemory, killable);
    }

    public DevnetOptions withNpm(Path value) {
        return new DevnetOptions(dir, value, enclaveJar, rpcPort, httpPort, blockTime, finalityDepth,
                framework, commands, faults, appMemory, killable);
    }

    public DevnetOptions withEnclaveJar(Path value) {
        return new DevnetOptions(dir, npm, value, rpcPort, httpPort, blockTime, finalityDepth,
                framework, commands, faults, appMemory, killable);
    }

    public DevnetOptions withRpcPort(int value) {
        return new DevnetOptions(dir, npm, enclaveJar, value, httpPort, blockTime, finalityDepth,
                framework, commands, faults, appMemory, killable);
    }

    public DevnetOptions withHttpPort(int value) {
        return new DevnetOptions(dir, npm, enclaveJar, rpcPort, value, blockTime, finalityDepth,
                framework, commands, faults, appMemory, killable);
    }

    public DevnetOptions withBlockTime(Duration value) {
        return new DevnetOptions(dir, npm, enclaveJar, rpcPort, httpPort, value, finalityDepth,
                framework, commands, faults, appMemory, killable);
    }

    public DevnetOptions withFinalityDepth(int value) {
        return new DevnetOptions(dir, npm, enclaveJar, rpcPort, httpPort, blockTime, value,
                framework, commands, faults, appMemory, killable);
    }

    public DevnetOptions withFramework(Framework value) {
        return new DevnetOptions(dir, npm, enclaveJar, rpcPort, httpPort, blockTime, finalityDepth,
                value, commands, faults, appMemory, killable);
    }

    public DevnetOptions withCommands(Map<String, List<String>> value) {
        return new DevnetOptions(dir, npm, enclaveJar, rpcPort, httpPort, blockTime, finalityDepth,
                framework, value, faults, appMemory, killable);
    }

    public DevnetOptions withFaults(Set<Fault> value) {
        return new DevnetOptions(dir, npm, enclaveJar, rpcPort, httpPort, blockTime, finalityDepth,
                framework, commands, value, appMemory, killable);
    }

    public DevnetOptions withAppMemory(int value) {
        return new DevnetOptions(dir, npm, enclaveJar, rpcPort, httpPort, blockTime, finalityDepth,
                framework, commands, faults, value, killable);
    }

    public DevnetOptions withKillable(boolean value) {
        return new DevnetOptions(dir, npm, enclaveJar, rpcPort, httpPort, blockTime, finalityDepth,
                framework, commands, faults, appMemory, value);
    }

    /** The module's folder: its code runs from target/classes or from a jar in target. */
    private static Path module() {
        try {
            Path code = Path.of(DevnetOptions.class.getProtectionDomain().getCodeSource().getLocation().toURI());
            return code.getParent().getParent();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
