package io.walnut.devnet.launch;

import io.walnut.devnet.Devnet;
import io.walnut.devnet.DevnetException;
import io.walnut.devnet.DevnetOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Devnet and portal, started together and stopped in reverse. */
final class Stage implements AutoCloseable {

    private final Devnet devnet;
    private final Portal portal;

    private Stage(Devnet devnet, Portal portal) {
        this.devnet = devnet;
        this.portal = portal;
    }

    static Stage start(Arguments arguments) {
        return start(arguments, List.of());
    }

    /** @param settings more system properties of the portal, {@code -Dkey=value} */
    static Stage start(Arguments arguments, List<String> settings) {
        return start(Path.of("").toAbsolutePath(), DevnetOptions.in(arguments.dir().resolve("devnet")),
                arguments.dir(), arguments.httpPort(), settings);
    }

    /** @param root the repository, built @param dir emptied first */
    static Stage start(Path root, DevnetOptions options, Path dir, int httpPort, List<String> settings) {
        empty(dir);
        System.out.println("Starting a chain with the iExec contracts and the services around it …");
        Devnet devnet;
        try {
            devnet = Devnet.start(options);
        } catch (DevnetException e) {
            throw new LaunchException(e.getMessage(), e);
        }
        try {
            System.out.println("Starting the portal …");
            return new Stage(devnet, Portal.start(root, dir.resolve("portal"),
                    options.dir().resolve("portal.properties"), httpPort, settings));
        } catch (RuntimeException e) {
            devnet.close();
            throw e;
        }
    }

    Devnet devnet() {
        return devnet;
    }

    Portal portal() {
        return portal;
    }

    /** The chain begins anew at every start, so a database or key of the last run would only mislead. */
    static void empty(Path dir) {
        if (!Files.exists(dir)) {
            return;
        }
        if (!Files.isDirectory(dir.resolve("devnet"))) {
            throw new LaunchException(dir + " exists and is not a folder of an earlier run; choose another --dir");
        }
        try (Stream<Path> files = Files.walk(dir)) {
            for (Path file : (Iterable<Path>) files.sorted(Comparator.reverseOrder())::iterator) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new LaunchException("the folder of the last run, " + dir + ", cannot be emptied: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        portal.close();
        devnet.close();
    }
}
