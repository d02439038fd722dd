package io.walnut.privacy.receipt;

import io.walnut.contracts.Address;
import io.walnut.contracts.Bytes32;
import io.walnut.contracts.EscrowAbi;
import io.walnut.contracts.EscrowAbi.Claimed;
import io.walnut.contracts.EscrowAbi.Deposited;
import io.walnut.contracts.EscrowAbi.Exited;
import io.walnut.contracts.Note;
import io.walnut.contracts.NoteTree;
import io.walnut.contracts.Secp256k1;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Checks a receipt against a chain, without the portal, and without learning of any other payment. */
public final class ReceiptVerifier {

    private final URI node;
    private final Optional<Address> expectedEscrow;
    private final Optional<Address> announcedSigner;
    private final OptionalInt depth;

    /**
     * @param node a JSON-RPC endpoint
     * @param expectedEscrow the escrow that is trusted to be one; empty to take the receipt's
     * @param announcedSigner a key that the company said it signs receipts with, if not the depositing one
     * @param depth blocks after which a transaction counts as final; empty to ask the chain for its finalized block
     */
    public ReceiptVerifier(URI node, Optional<Address> expectedEscrow, Optional<Address> announcedSigner,
            OptionalInt depth) {
        this.node = node;
        this.expectedEscrow = expectedEscrow;
        this.announcedSigner = announcedSigner;
        this.depth = depth;
    }

    /** What the receipt proves. */
    public record Proven(Receipt receipt, Address depositor, List<Payout> payouts) {

        /** Whether the money went back to where it came from. */
        public boolean isReturned() {
            return !payouts.isEmpty() && payouts.stream()
                    .allMatch(p -> p.recipient().equals(Optional.of(depositor)));
        }
    }

    /**
     * What became of one note.
     *
     * @param recipient empty while it is unredeemed
     * @param exited by showing the path on chain, rather than by a voucher
     */
    public record Payout(Note note, Optional<Address> recipient, boolean exited) {
    }

    /**
     * @param passed is told of each step that holds
     * @throws ReceiptRefused at the first step that fails
     * @throws IOException when the node does not answer: this says nothing about the receipt
     */
    public Proven verify(Receipt.Signed signed, Consumer<Step> passed) throws ReceiptRefused, IOException {
        Receipt receipt = signed.receipt();
        passed.accept(Step.FORMAT);
        checkSignature(signed);
        passed.accept(Step.SIGNATURE);
        checkNotes(receipt);
        passed.accept(Step.NOTES);
        try (var chain = new Chain(node)) {
            checkChain(chain, receipt);
            passed.accept(Step.CHAIN);
            var blocks = new ArrayList<Long>();
            Address depositor = checkDeposit(chain, receipt, blocks);
            passed.accept(Step.DEPOSIT);
            require(signed.signer().equals(announcedSigner.orElse(depositor)), Step.SIGNER, "signed by "
                    + signed.signer() + ", but expected of " + announcedSigner.orElse(depositor));
            passed.accept(Step.SIGNER);
            var payouts = new ArrayList<Payout>();
            for (Receipt.Item item : receipt.items()) {
                payouts.add(checkRedemption(chain, receipt, item, blocks));
            }
            passed.accept(Step.REDEMPTION);
            checkFinality(chain, blocks);
            passed.accept(Step.FINALITY);
            return new Proven(receipt, depositor, List.copyOf(payouts));
        }
    }

    private void checkChain(Chain chain, Receipt receipt) throws ReceiptRefused, IOException {
        long id = chain.chainId();
        require(id == receipt.domain().chainId(), Step.CHAIN, "the receipt is for chain " + receipt.domain().chainId()
                + ", and the node is on chain " + id);
        Address escrow = receipt.domain().escrow();
        require(expectedEscrow.orElse(escrow).equals(escrow), Step.CHAIN, "the receipt is for the escrow " + escrow
                + ", and " + expectedEscrow.orElse(escrow) + " was expected");
    }

    private void checkFinality(Chain chain, List<Long> blocks) throws ReceiptRefused, IOException {
        long last = depth.isPresent() ? chain.head() - depth.getAsInt() : chain.finalized();
        for (long block : blocks) {
            require(block <= last, Step.FINALITY, "block " + block + " is not final yet, only " + last
                    + " is: try again later");
        }
    }

    private static void checkSignature(Receipt.Signed signed) throws ReceiptRefused {
        Optional<Address> recovered = Secp256k1.bouncyCastle().recover(signed.receipt().digest(), signed.signature());
        require(recovered.equals(Optional.of(signed.signer())), Step.SIGNATURE,
                "the signature is not " + signed.signer() + "'s: something was changed after signing");
    }

    private static void checkNotes(Receipt receipt) throws ReceiptRefused {
        var seen = new HashSet<Address>();
        for (Receipt.Item item : receipt.items()) {
            Address linkKey = item.note().linkKey();
            require(seen.add(linkKey), Step.NOTES, "the note " + linkKey + " is shown twice");
            require(NoteTree.verifies(receipt.deposit().notesRoot(), item.note().leaf(), item.path()), Step.NOTES,
                    "the path of note " + linkKey + " does not lead to the deposit's root");
        }
        require(receipt.amount().compareTo(receipt.deposit().amount()) <= 0, Step.NOTES,
                "the notes sum to more than the deposit");
    }

    private static Address checkDeposit(Chain chain, Receipt receipt, List<Long> blocks)
            throws ReceiptRefused, IOException {
        Bytes32 id = receipt.deposit().id();
        Address depositor = chain.depositor(receipt.domain().escrow(), id);
        require(!depositor.isZero(), Step.DEPOSIT, "the escrow " + receipt.domain().escrow() + " holds no deposit " + id);
        Chain.Mined mined = chain.mined(receipt.depositTransaction()).orElseThrow(() -> new ReceiptRefused(Step.DEPOSIT,
                "the transaction " + receipt.depositTransaction() + " is unknown, pending or reverted"));
        boolean found = logs(mined, receipt, EscrowAbi.DEPOSITED::equals).stream()
                .map(log -> Deposited.decode(log.topics(), log.data()))
                .anyMatch(event -> event.deposit().equals(id) && event.depositor().equals(depositor));
        require(found, Step.DEPOSIT, "the transaction " + receipt.depositTransaction() + " did not make deposit " + id);
        blocks.add(mined.block());
        return depositor;
    }

    private static Payout checkRedemption(Chain chain, Receipt receipt, Receipt.Item item, List<Long> blocks)
            throws ReceiptRefused, IOException {
        Note note = item.note();
        if (item.redemption().isEmpty()) {
            require(!chain.isRedeemed(receipt.domain().escrow(), note.linkKey()), Step.REDEMPTION,
                    "note " + note.linkKey() + " is redeemed, and the receipt does not say by which transaction");
            return new Payout(note, Optional.empty(), false);
        }
        Bytes32 transaction = item.redemption().get();
        Chain.Mined mined = chain.mined(transaction).orElseThrow(() -> new ReceiptRefused(Step.REDEMPTION,
                "the transaction " + transaction + " is unknown, pending or reverted"));
        blocks.add(mined.block());
        for (Chain.Log log : logs(mined, receipt, Claimed::is)) {
            Claimed event = Claimed.decode(log.topics(), log.data());
            if (event.linkKey().equals(note.linkKey()) && event.token().equals(receipt.deposit().token())
                    && event.amount().equals(note.amount())) {
                return new Payout(note, Optional.of(event.recipient()), false);
            }
        }
        for (Chain.Log log : logs(mined, receipt, EscrowAbi.EXITED::equals)) {
            Exited event = Exited.decode(log.topics(), log.data());
            if (event.linkKey().equals(note.linkKey()) && event.deposit().equals(receipt.deposit().id())
                    && event.amount().equals(note.amount())) {
                return new Payout(note, Optional.of(event.recipient()), true);
            }
        }
        throw new ReceiptRefused(Step.REDEMPTION,
                "the transaction " + transaction + " did not redeem note " + note.linkKey() + " for its amount");
    }

    private static List<Chain.Log> logs(Chain.Mined mined, Receipt receipt, Predicate<Bytes32> event) {
        return mined.logs().stream().filter(log -> log.contract().equals(receipt.domain().escrow())
                && !log.topics().isEmpty() && event.test(log.topics().getFirst())).toList();
    }

    private static void require(boolean holds, Step step, String otherwise) throws ReceiptRefused {
        if (!holds) {
            throw new ReceiptRefused(step, otherwise);
        }
    }
}
