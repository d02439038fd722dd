package io.walnut.privacy.receipt;

import io.walnut.contracts.Address;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;

/** {@code ./walnut verify receipt.json}: for auditors and tax offices. */
public final class VerifyMain {

    private static final int PROVEN = 0;
    private static final int REFUSED = 1;
    private static final int USAGE_ERROR = 2;
    private static final int UNREACHABLE = 3;
    private static final String USAGE = """
            usage: walnut verify RECEIPT --rpc URL [--escrow ADDRESS] [--signer ADDRESS] [--depth N]
              --rpc     a node of the receipt's chain, of your choice
              --escrow  refuse receipts of another escrow: compare with the address that Walnut publishes
              --signer  a key that the company announced for receipts; else its depositing key must have signed
              --depth   blocks after which you take a transaction as final; else the chain's own finality counts
            ends with 0 when proven, 1 when refused, 2 for a wrong command line, 3 when the node does not answer""";

    private VerifyMain() {
    }

    public static void main(String[] args) {
        System.exit(run(args, System.out, System.err));
    }

    static int run(String[] args, PrintStream out, PrintStream err) {
        try {
            Map<String, String> options = options(args);
            Optional<Address> escrow = Optional.ofNullable(options.get("--escrow")).map(Address::parse);
            var verifier = new ReceiptVerifier(node(options.get("--rpc")), escrow,
                    Optional.ofNullable(options.get("--signer")).map(Address::parse), depth(options.get("--depth")));
            return verify(file(args[0]), verifier, escrow.isPresent(), out);
        } catch (IllegalArgumentException e) {
            err.println(e.getMessage() + "\n" + USAGE);
            return USAGE_ERROR;
        } catch (ReceiptRefused e) {
            err.println("REFUSED at step " + e.step() + " (" + e.step().meaning() + "): " + e.getMessage());
            return REFUSED;
        } catch (IOException e) {
            err.println("the node could not be asked, so nothing is proven or refused: " + e.getMessage());
            return UNREACHABLE;
        }
    }

    private static int verify(String text, ReceiptVerifier verifier, boolean escrowIsKnown, PrintStream out)
            throws ReceiptRefused, IOException {
        Receipt.Signed signed = ReceiptJson.read(text);
        ReceiptVerifier.Proven proven = verifier.verify(signed,
                step -> out.printf("ok  %-10s  %s%n", step, step.meaning()));
        Receipt receipt = signed.receipt();
        out.printf("%nchain %d, escrow %s%s%n", receipt.domain().chainId(), receipt.domain().escrow(),
                escrowIsKnown ? "" : " (compare it with the published one, or give --escrow)");
        out.printf("paid by %s: %s smallest units of %s%n", proven.depositor(), receipt.amount(),
                receipt.deposit().token().isZero() ? "the chain's coin" : "token " + receipt.deposit().token());
        out.printf("reference: %s, issued %s%n", printable(receipt.reference()), receipt.issuedAt());
        for (ReceiptVerifier.Payout payout : proven.payouts()) {
            out.printf("  note of %s: %s%n", payout.note().amount(), payout.recipient().map(recipient -> "paid to "
                    + recipient + (payout.exited() ? " by exit" : "")).orElse("not redeemed yet"));
        }
        if (proven.isReturned()) {
            out.println("the payment went back to the depositor: nobody else received it");
        }
        return PROVEN;
    }

    /** A reference is the company's text: it must not move an auditor's cursor. */
    private static String printable(String text) {
        return text.replaceAll("\\p{Cntrl}", "?");
    }

    private static Map<String, String> options(String[] args) {
        if (args.length == 0 || args[0].startsWith("--")) {
            throw new IllegalArgumentException("which receipt?");
        }
        var options = new TreeMap<String, String>();
        for (int i = 1; i < args.length; i += 2) {
            if (!List.of("--rpc", "--escrow", "--signer", "--depth").contains(args[i])) {
                throw new IllegalArgumentException("unknown option " + args[i]);
            }
            if (i + 1 == args.length) {
                throw new IllegalArgumentException("option " + args[i] + " needs a value");
            }
            options.put(args[i], args[i + 1]);
        }
        return options;
    }

    private static URI node(String url) {
        if (url == null || !url.matches("https?://.+")) {
            throw new IllegalArgumentException("--rpc must be the http or https address of a node");
        }
        return URI.create(url);
    }

    private static OptionalInt depth(String text) {
        if (text == null) {
            return OptionalInt.empty();
        }
        if (!text.matches("[0-9]{1,6}")) {
            throw new IllegalArgumentException("--depth must be a number of blocks");
        }
        return OptionalInt.of(Integer.parseInt(text));
    }

    private static String file(String name) throws ReceiptRefused {
        Path path = Path.of(name);
        try {
            if (Files.size(path) > ReceiptJson.MAX_LENGTH) {
                throw new ReceiptRefused(Step.FORMAT, "the file is longer than any receipt");
            }
            return Files.readString(path, StandardCharsets.UTF_8);
        } catch (java.nio.charset.CharacterCodingException e) {
            throw new ReceiptRefused(Step.FORMAT, "the file is not text in UTF-8");
        } catch (IOException e) {
            throw new IllegalArgumentException("cannot read " + name);
        }
    }
}
