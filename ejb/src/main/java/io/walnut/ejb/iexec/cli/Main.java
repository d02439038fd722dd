package io.walnut.ejb.iexec.cli;

import io.walnut.contracts.Secp256k1;
import io.walnut.ejb.iexec.IexecClient;
import io.walnut.ejb.iexec.IexecException;
import io.walnut.ejb.iexec.IexecNetwork;
import io.walnut.ejb.iexec.KeystoreFile;
import io.walnut.ejb.iexec.SigningKey;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;

/** The deploy commands' entry: {@code java … io.walnut.ejb.iexec.cli.Main COMMAND OPTIONS}. */
public final class Main {

    private static final String USAGE = """
            Usage: COMMAND --properties FILE [--keystore FILE --password-file FILE] [--send] OPTIONS

            Without --send nothing is changed: the command says what it would do.

              deploy-app             --name N --image I --checksum 0x… [--enclave FILE for SCONE]
              deploy-dataset         --name N --file PLAIN --work FOLDER (keeps key and encrypted file)
              push-app-secret        --app A --secret-file FILE
              push-requester-secret  --name N --secret-file FILE
              push-result-key        --key-file FILE (PKCS #8; made when absent)
              publish-app-order      --app A [--price nRLC] [--volume TASKS]
              publish-dataset-order  --dataset D --app A [--price nRLC] [--volume TASKS]
              deposit                --stake nRLC (brings the stake up to this)
              status                 [--app A] [--dataset D] [--category N]
              deal                   --deal 0x…
              bench-ticks            [--tasks N] (what following N open tasks costs; reads only)

            FILE of --properties has walnut.iexec.chain-id (42161 Arbitrum One, 421614 Arbitrum Sepolia,
            134 Bellecour; others need hub, rpc-urls, sms-url, order-book-url and result-gateway-urls, and for
            data sets upload-url), walnut.iexec.framework (scone or tdx), and, unless --keystore is given,
            walnut.iexec.requester.keystore with walnut.iexec.requester.keystore-password-file.
            """;

    private interface Command {
        void run(Options options, Context context) throws IOException;
    }

    private static final Map<String, Command> COMMANDS = new LinkedHashMap<>();

    static {
        COMMANDS.put("deploy-app", Deployments::app);
        COMMANDS.put("deploy-dataset", Deployments::dataset);
        COMMANDS.put("push-app-secret", Secrets::app);
        COMMANDS.put("push-requester-secret", Secrets::requester);
        COMMANDS.put("push-result-key", Secrets::resultKey);
        COMMANDS.put("publish-app-order", Orders::app);
        COMMANDS.put("publish-dataset-order", Orders::dataset);
        COMMANDS.put("deposit", Status::deposit);
        COMMANDS.put("status", Status::show);
        COMMANDS.put("deal", Status::deal);
        COMMANDS.put("bench-ticks", TickBench::run);
    }

    private Main() {
    }

    public static void main(String[] arguments) {
        System.exit(run(arguments, System.out, System.err));
    }

    /** @return 0 when it did, 1 when it could not, 2 when the command line is wrong */
    static int run(String[] arguments, PrintStream out, PrintStream err) {
        Command command = arguments.length == 0 ? null : COMMANDS.get(arguments[0]);
        if (command == null) {
            err.print(USAGE);
            return 2;
        }
        try {
            run(command, new Options(arguments, 1), out);
            return 0;
        } catch (Options.UsageException e) {
            err.println(arguments[0] + ": " + e.getMessage());
            return 2;
        } catch (IexecException | CommandFailure e) {
            err.println(arguments[0] + ": " + e.getMessage());
            return 1;
        } catch (IOException e) {
            err.println(arguments[0] + ": cannot use a file: " + e.getMessage());
            return 1;
        }
    }

    private static void run(Command command, Options options, PrintStream out) throws IOException {
        var properties = new Properties();
        try (var in = Files.newBufferedReader(options.path("properties"))) {
            properties.load(in);
        }
        IexecNetwork network = IexecNetwork.configured(properties::getProperty);
        boolean send = options.send();
        try (SigningKey key = keystore(options, properties).open(Secp256k1.bouncyCastle());
                var client = new IexecClient(network)) {
            command.run(options, new Context(client, key, send, out));
        }
        if (!send) {
            out.println("Nothing was changed. Add --send to do what is said above, if anything.");
        }
    }

    private static KeystoreFile keystore(Options options, Properties properties) {
        if (options.find("keystore").isPresent()) {
            return new KeystoreFile(options.path("keystore"), options.path("password-file"));
        }
        String prefix = "walnut.iexec.requester.keystore";
        String file = properties.getProperty(prefix);
        String password = properties.getProperty(prefix + "-password-file");
        if (file == null || password == null) {
            throw new Options.UsageException("give --keystore and --password-file, or set " + prefix + " and "
                    + prefix + "-password-file");
        }
        return new KeystoreFile(Path.of(file), Path.of(password));
    }
}
