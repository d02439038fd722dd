package io.walnut.enclave.ceremony;

import io.walnut.contracts.Bytes32;
import io.walnut.contracts.EscrowDomain;
import io.walnut.contracts.Secp256k1;
import io.walnut.enclave.input.KeyShare;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;

/**
 * The key ceremony: {@code docs/enclave/key-ceremony.md}. Two people, each on a machine of their own; neither
 * ever sees the other's share.
 */
public final class Ceremony {

    private static final int BAD_USE = 2;
    private static final int MISMATCH = 3;
    private static final String USAGE = """
            challenge                                    prints a challenge for the other person
            share-a  --chain-id N --escrow 0x… --challenge 0x… --out DIR
            share-b  --chain-id N --escrow 0x… --challenge 0x… --out DIR
                     --provider URL (repeated) --quorum M --finality finalized|BLOCKS [--denied FILE]
            check    --statement FILE --challenge 0x… --chain-id N --escrow 0x…
            signer   --result FILE --statement-a FILE --statement-b FILE
            """;

    /** BouncyCastle here: a share holder's machine may be of any kind, and speed does not matter. */
    private final Secp256k1 library = Secp256k1.bouncyCastle();
    private final SecureRandom random = new SecureRandom();

    private Ceremony() {
    }

    public static void main(String[] arguments) {
        System.exit(run(List.of(arguments)));
    }

    static int run(List<String> arguments) {
        if (arguments.isEmpty()) {
            System.err.print(USAGE);
            return BAD_USE;
        }
        try {
            var options = new Options(arguments.subList(1, arguments.size()));
            return new Ceremony().command(arguments.get(0), options);
        } catch (CeremonyException e) {
            System.err.println(e.getMessage());
            return BAD_USE;
        }
    }

    private int command(String name, Options options) throws CeremonyException {
        return switch (name) {
            case "challenge" -> challenge(options);
            case "share-a" -> shareA(options);
            case "share-b" -> shareB(options);
            case "check" -> check(options);
            case "signer" -> signer(options);
            default -> throw new CeremonyException("there is no command " + name
                    + ": use challenge, share-a, share-b, check or signer");
        };
    }

    private int challenge(Options options) throws CeremonyException {
        options.only();
        System.out.println(Bytes32.of(fresh()));
        return 0;
    }

    private int shareA(Options options) throws CeremonyException {
        options.only("--chain-id", "--escrow", "--challenge", "--out");
        byte[] share = fresh();
        byte[] text = new byte[2 * KeyShare.LENGTH];
        char[] digits = Dataset.digits(share);
        try {
            for (int i = 0; i < text.length; i++) {
                text[i] = (byte) digits[i];
            }
            var statement = ShareStatement.of(share, Role.A, options.domain(), options.challenge(), library);
            // iExec takes the body as the secret: no line end.
            PrivateFile.write(options.path("--out").resolve("app-developer-secret"), text);
            return written(options.path("--out").resolve("statement-a.json"), statement);
        } finally {
            Arrays.fill(share, (byte) 0);
            Arrays.fill(text, (byte) 0);
            Arrays.fill(digits, '0');
        }
    }

    private int shareB(Options options) throws CeremonyException {
        options.only("--chain-id", "--escrow", "--challenge", "--out", "--provider", "--quorum", "--finality",
                "--denied");
        EscrowDomain domain = options.domain();
        var dataset = new Dataset(domain, options.all("--provider"), options.number("--quorum"),
                options.one("--finality"), denied(options));
        byte[] share = fresh();
        byte[] json = dataset.encode(share);
        try {
            var statement = ShareStatement.of(share, Role.B, domain, options.challenge(), library);
            PrivateFile.write(options.path("--out").resolve("dataset.json"), json);
            return written(options.path("--out").resolve("statement-b.json"), statement);
        } finally {
            Arrays.fill(share, (byte) 0);
            Arrays.fill(json, (byte) 0);
        }
    }

    private int check(Options options) throws CeremonyException {
        options.only("--statement", "--challenge", "--chain-id", "--escrow");
        ShareStatement statement = share(options.path("--statement"));
        boolean mine = statement.challenge().equals(options.challenge())
                && statement.domain().equals(options.domain());
        if (!mine) {
            return mismatch("the statement answers another challenge or is for another escrow: ask for a new one");
        }
        if (!statement.isSignedByItsKey(library)) {
            return mismatch("the statement's signature is not its key's: whoever made it may not know the share");
        }
        System.out.println("share " + statement.role() + " is known to whoever made the statement; its key is "
                + statement.statementKey());
        return 0;
    }

    private int signer(Options options) throws CeremonyException {
        options.only("--result", "--statement-a", "--statement-b");
        ShareStatement a = share(options.path("--statement-a"));
        ShareStatement b = share(options.path("--statement-b"));
        SignerStatement signer;
        try {
            signer = StatementJson.decodeSigner(PrivateFile.read(options.path("--result")));
        } catch (IllegalArgumentException e) {
            throw new CeremonyException("--result is no result of a task that was run with the argument 'signer'");
        }
        boolean right = a.isSignedByItsKey(library) && b.isSignedByItsKey(library) && signer.holdsFor(a, b, library);
        if (!right) {
            return mismatch("the enclave did not use the two shares of these statements: register nothing");
        }
        System.out.println(signer.signer());
        return 0;
    }

    private static int mismatch(String message) {
        System.err.println(message);
        return MISMATCH;
    }

    private static ShareStatement share(Path file) throws CeremonyException {
        try {
            return StatementJson.decodeShare(PrivateFile.read(file));
        } catch (IllegalArgumentException e) {
            throw new CeremonyException(file + " is no share statement");
        }
    }

    private static List<String> denied(Options options) throws CeremonyException {
        if (options.all("--denied").isEmpty()) {
            return List.of();
        }
        Path file = options.path("--denied");
        try {
            return Files.readAllLines(file).stream().map(String::strip).filter(line -> !line.isEmpty()).toList();
        } catch (IOException e) {
            throw new CeremonyException(file + " cannot be read: --denied takes a file with one address a line");
        }
    }

    private static int written(Path file, ShareStatement statement) throws CeremonyException {
        PrivateFile.write(file, StatementJson.encode(statement));
        System.out.println("written to " + file.toAbsolutePath().getParent() + "; send " + file.getFileName()
                + " to the other person and keep the rest to yourself. Statement key: " + statement.statementKey());
        return 0;
    }

    private byte[] fresh() {
        byte[] bytes = new byte[KeyShare.LENGTH];
        random.nextBytes(bytes);
        return bytes;
    }
}
