package io.walnut.ear;

import io.walnut.devnet.Devnet;
import io.walnut.devnet.DevnetOptions;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/**
 * Starts the devnet before anything else in this JVM, and gives the server a state folder and ports of its
 * own. Arquillian then starts the server with the devnet's settings.
 */
public final class TestBed implements LauncherSessionListener {
    /** Whom links name as the one who pays. */
    public static final String PAYER = "Nuts-and-Sons";

    private static Devnet devnet;
    private static EmbeddedPostgres postgres;
    private static Mailbox mailbox;
    private static int httpPort;

    /** Where the server that is under test answers. */
    public static URI portal() {
        return URI.create("http://127.0.0.1:" + httpPort);
    }

    /** The network that the server works on. */
    static Devnet devnet() {
        return devnet;
    }

    /** The chain that the server works on. */
    public static URI chain() {
        return devnet.rpcUrl();
    }

    /** Where the server that is under test sends its mail. */
    static Mailbox mailbox() {
        return mailbox;
    }

    /** How many mails have come for an address. */
    public static int mails(String address) {
        return mailbox.of(address).size();
    }

    /** Whether the database is a file beside the logs; PostgreSQL has its own place. */
    static boolean hasDatabaseFile() {
        return postgres == null;
    }

    /** Settings for another server, which gets an empty database of the kind that this run is about. */
    static List<String> freshDatabase(String name) throws IOException, SQLException {
        if (postgres == null) {
            return List.of();
        }
        try (var connection = postgres.getPostgresDatabase().getConnection();
            var statement = connection.createStatement()) {
            statement.execute("create database " + name);
        }
        return database(postgres.getJdbcUrl("postgres", name));
    }

    private static List<String> database(String url) {
        return List.of("-Dwalnut.database.driver=postgresql", "-Dwalnut.database.url=" + url,
            "-Dwalnut.database.user=postgres", "-Dwalnut.database.password=postgres");
    }

    /** Whether the server under test has the text in a log, or in its database where that is a file. */
    static boolean keeps(String text) throws IOException {
        Path state = Path.of(System.getProperty("walnut.it.dir"), "portal");
        try (Stream<Path> files = Stream.concat(Files.walk(state.resolve("log")), Files.walk(state.resolve("data"), 1))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                if (contains(file, text)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Not so for what is gone by now: databases have files that come and go. */
    private static boolean contains(Path file, String text) throws IOException {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1).contains(text);
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    @Override
    public void launcherSessionOpened(LauncherSession session) {
        Path dir = Path.of(System.getProperty("walnut.it.dir"));
        try {
            delete(dir);
            copy(Path.of(System.getProperty("walnut.it.server"), "standalone"), dir.resolve("portal"));
            devnet = Devnet.start(DevnetOptions.in(dir.resolve("devnet")));
            var settings = new ArrayList<String>();
            if ("postgresql".equals(System.getProperty("walnut.it.database"))) {
                postgres = EmbeddedPostgres.builder().setPort(freePort()).start();
                settings.addAll(database(postgres.getJdbcUrl("postgres", "postgres")));
            }
            httpPort = freePort();
            int management = freePort();
            System.setProperty("walnut.it.management-port", Integer.toString(management));
            System.setProperty("walnut.it.properties", dir.resolve("devnet/portal.properties").toString());
            mailbox = new Mailbox(freePort());
            settings.addAll(mailbox.settings());
            settings.addAll(List.of("-Dwalnut.portal.url=" + portal(),
                "-Dwalnut.portal.payer=" + PAYER, "-Xmx224m", "-Xss512k", "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1", "-Dwalnut.webhooks.allow-private=true",
                "-Dwalnut.outbox.bump-after-seconds=5",
                // Ten days: what is held while somebody looks at it is not paid meanwhile.
                "-Dwalnut.links.reclaim-mean-hours=0", "-Dwalnut.relayer.mean-delay-seconds=864000",
                "-Dwalnut.relayer.batch-seconds=5", "--enable-native-access=ALL-UNNAMED",
                "-Djboss.server.base.dir=" + dir.resolve("portal"), "-Djboss.http.port=" + httpPort,
                "-Djboss.https.port=" + freePort(), "-Djboss.management.http.port=" + management));
            System.setProperty("walnut.it.vm", String.join(" ", settings));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void launcherSessionClosed(LauncherSession session) {
        if (devnet != null) {
            devnet.close();
        }
        if (mailbox != null) {
            mailbox.close();
        }
        if (postgres != null) {
            try {
                postgres.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Path target = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target);
                }
            }
        }
    }

    private static void delete(Path dir) throws IOException {
        if (Files.exists(dir)) {
            try (Stream<Path> files = Files.walk(dir)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }
}
