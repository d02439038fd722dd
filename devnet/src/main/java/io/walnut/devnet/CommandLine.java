package io.walnut.devnet;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;

/** The options of {@code ./walnut devnet}. */
final class CommandLine {

    static final String HELP = "the options are --dir DIR, --http-port N, --rpc-port N, --framework tdx|scone, "
            + "--block-time SECONDS, --finality-depth BLOCKS, --app MULTIADDR=COMMAND";
    private static final int MAX_PORT = 65_535;
    private static final int MAX_SECONDS = 3_600;
    private static final int MAX_DEPTH = 1_000;

    private CommandLine() {
    }

    /** @throws DevnetException for an unknown option or a bad value: one line that says what is wrong */
    static DevnetOptions parse(String... arguments) {
        DevnetOptions options = DevnetOptions.in(Path.of(".run", "devnet"));
        for (int i = 0; i < arguments.length; i += 2) {
            if (i + 1 == arguments.length) {
                throw bad(arguments[i] + " needs a value; " + HELP);
            }
            options = apply(options, arguments[i], arguments[i + 1]);
        }
        return options;
    }

    private static DevnetOptions apply(DevnetOptions options, String name, String value) {
        return switch (name) {
            case "--dir" -> options.withDir(Path.of(value).toAbsolutePath());
            case "--http-port" -> options.withHttpPort(number(name, value, 0, MAX_PORT));
            case "--rpc-port" -> options.withRpcPort(number(name, value, 0, MAX_PORT));
            case "--block-time" -> options.withBlockTime(Duration.ofSeconds(number(name, value, 1, MAX_SECONDS)));
            case "--finality-depth" -> options.withFinalityDepth(even(name, value));
            case "--framework" -> options.withFramework(framework(value));
            case "--app" -> withApp(options, value);
            default -> throw bad("unknown option " + name + "; " + HELP);
        };
    }

    private static DevnetOptions withApp(DevnetOptions options, String value) {
        int equals = value.indexOf('=');
        if (equals < 1 || value.substring(equals + 1).isBlank()) {
            throw bad("--app takes MULTIADDR=COMMAND, such as docker.io/me/my-app:1=\"node /path/to/app.js\"");
        }
        var commands = new HashMap<>(options.commands());
        List<String> command = Arrays.asList(value.substring(equals + 1).strip().split("\\s+"));
        commands.put(value.substring(0, equals), command);
        return options.withCommands(commands);
    }

    private static Framework framework(String value) {
        try {
            return Framework.valueOf(value.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw bad("--framework takes tdx or scone, not " + value);
        }
    }

    private static int even(String name, String value) {
        int depth = number(name, value, 2, MAX_DEPTH);
        if (depth % 2 != 0) {
            throw bad(name + " takes an even number, not " + value);
        }
        return depth;
    }

    private static int number(String name, String value, int min, int max) {
        try {
            int number = Integer.parseInt(value);
            if (number >= min && number <= max) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Refused below, as a number out of range is.
        }
        throw bad(name + " takes a number from " + min + " to " + max + ", not " + value);
    }

    private static DevnetException bad(String message) {
        return new DevnetException("BAD_OPTION", message);
    }
}
