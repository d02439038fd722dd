package io.walnut.devnet.launch;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The command line of {@code up} and {@code demo}.
 *
 * @param dir where this run keeps its database, keys and logs; emptied at the start
 * @param httpPort the portal's port on 127.0.0.1
 * @param payees the CSV file that the demo pays
 */
record Arguments(Path dir, int httpPort, Optional<Path> payees) {

    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    static Arguments parse(String command, String... arguments) {
        Path dir = Path.of(".run", command);
        Integer port = null;
        Path payees = null;
        for (int i = 0; i < arguments.length; i += 2) {
            if (i + 1 == arguments.length) {
                throw new LaunchException("the option " + arguments[i] + " needs a value");
            }
            String value = arguments[i + 1];
            switch (arguments[i]) {
                case "--dir" -> dir = Path.of(value);
                case "--http-port" -> port = requireFree(value);
                case "--payees" -> payees = Path.of(value);
                default -> throw new LaunchException(
                        "unknown option " + arguments[i] + "; ./walnut help lists the options");
            }
        }
        return new Arguments(dir.toAbsolutePath(), port == null ? freePort() : port, Optional.ofNullable(payees));
    }

    private static int requireFree(String text) {
        if (!text.matches("[0-9]{1,5}") || Integer.parseInt(text) < 1 || Integer.parseInt(text) > 65_535) {
            throw new LaunchException("--http-port takes a number from 1 to 65535, not " + text);
        }
        try (var socket = new ServerSocket(Integer.parseInt(text), 1, LOOPBACK)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new LaunchException("port " + text + " is taken; stop what uses it, or leave --http-port out for a free one", e);
        }
    }

    static int freePort() {
        try (var socket = new ServerSocket(0, 1, LOOPBACK)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new LaunchException("this machine has no free port on 127.0.0.1", e);
        }
    }
}
