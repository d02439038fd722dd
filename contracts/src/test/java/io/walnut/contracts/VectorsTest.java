package io.walnut.contracts;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The Java encodings give, byte for byte, what viem and OpenZeppelin's merkle-tree gave. */
class VectorsTest {

    private static final byte[] SEED = Vectors.bytes("/derivation/batchSeed");

    @Test
    void secretsDeriveAsTheProtocolSays() {
        assertEquals(Vectors.text("/derivation/linkSecrets/0"), Hex.encode(KeyDerivation.linkSecret(SEED, 0)));
        assertEquals(Vectors.text("/derivation/linkSecrets/1"), Hex.encode(KeyDerivation.linkSecret(SEED, 1)));
        byte[] saltKey = KeyDerivation.saltKey(SEED, 0);
        assertEquals(Vectors.text("/derivation/saltKey"), Hex.encode(saltKey));
        assertEquals(Vectors.text("/derivation/blinding"), KeyDerivation.resultBlinding(saltKey).toString());
        byte[] signerKey = KeyDerivation.signerKey(
                Vectors.bytes("/derivation/shareA"), Vectors.bytes("/derivation/shareB"), Vectors.DOMAIN);
        assertEquals(Vectors.text("/derivation/signerKey"), Hex.encode(signerKey));
        assertEquals(Vectors.text("/derivation/signer"), Secp256k1.bouncyCastle().address(signerKey).toString());
    }

    @Test
    void noteKeysAndSaltsDeriveFromTheirLinkAndDeposit() {
        byte[] saltKey = KeyDerivation.saltKey(SEED, 0);
        int index = 0;
        for (JsonNode note : Vectors.ALL.get("notes")) {
            byte[] linkSecret = KeyDerivation.linkSecret(SEED, note.get("link").intValue());
            byte[] key = KeyDerivation.noteKey(linkSecret, note.get("note").intValue());
            assertEquals(note.get("key").textValue(), Hex.encode(key));
            assertEquals(note.get("linkKey").textValue(), Secp256k1.nativeLibrary().address(key).toString());
            assertEquals(note.get("salt").textValue(), KeyDerivation.salt(saltKey, index++).toString());
        }
    }

    @Test
    void treeAndDepositMatch() {
        List<Note> notes = Vectors.notes();
        NoteTree tree = NoteTree.of(notes);
        for (int i = 0; i < notes.size(); i++) {
            JsonNode expected = Vectors.ALL.get("notes").get(i);
            assertEquals(expected.get("leaf").textValue(), notes.get(i).leaf().toString());
            assertEquals(Vectors.hashes(expected.get("path")), tree.path(i));
        }
        assertEquals(Vectors.deposit().notesRoot(), tree.root());
        assertEquals(Vectors.text("/deposit/id"), Vectors.deposit().id().toString());
        assertEquals(Vectors.text("/deposit/storageSlot"), Vectors.deposit().storageSlot().toString());
    }

    @Test
    void treesOfEverySizeMatch() {
        for (JsonNode expected : Vectors.ALL.get("trees")) {
            int count = expected.get("count").intValue();
            var notes = new ArrayList<Note>();
            for (int k = 0; k < count; k++) {
                byte[] key = Words.unsigned(BigInteger.valueOf(k + 1), 32);
                notes.add(new Note(Secp256k1.nativeLibrary().address(key), BigInteger.valueOf(k + 1),
                        Bytes32.of(Words.unsigned(BigInteger.valueOf(k), 32))));
            }
            NoteTree tree = NoteTree.of(notes);
            assertEquals(expected.get("root").textValue(), tree.root().toString(), count + " notes");
            assertEquals(Vectors.hashes(expected.get("lastPath")), tree.path(count - 1), count + " notes");
            assertTrue(NoteTree.verifies(tree.root(), notes.get(0).leaf(), tree.path(0)));
        }
    }

    @Test
    void bothSignersGiveTheVectorsSignatures() {
        byte[] signerKey = Vectors.bytes("/derivation/signerKey");
        assertEquals(Vectors.text("/domain/separator"), Vectors.DOMAIN.separator().toString());
        for (Secp256k1 curve : List.of(Secp256k1.nativeLibrary(), Secp256k1.bouncyCastle())) {
            for (int i = 0; i < 3; i++) {
                Bytes32 voucher = Vectors.voucher(i).digest(Vectors.DOMAIN);
                assertEquals(Vectors.ALL.get("vouchers").get(i).get("digest").textValue(), voucher.toString());
                assertEquals(Vectors.signature("vouchers", i), curve.sign(voucher, signerKey));
                Claim claim = Vectors.claim(i);
                Bytes32 digest = claim.digest(Vectors.DOMAIN);
                assertEquals(Vectors.ALL.get("claims").get(i).get("digest").textValue(), digest.toString());
                assertEquals(Optional.of(Vectors.voucher(i).linkKey()), curve.recover(digest, Vectors.signature("claims", i)));
            }
        }
    }

    @Test
    void requestChunksMatchAndReadBack() throws Exception {
        List<byte[]> chunks = request().encode();
        MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
        for (int i = 0; i < chunks.size(); i++) {
            assertEquals(Vectors.ALL.at("/request/chunkLengths/" + i).intValue(), chunks.get(i).length);
            assertEquals(Vectors.text("/request/chunkSha256/" + i), Hex.encode(sha256.digest(chunks.get(i))));
        }
        assertTrue(new String(chunks.get(0), StandardCharsets.US_ASCII)
                .startsWith(Vectors.text("/request/firstCharacters")));
        VoucherRequest read = VoucherRequest.decode(chunks);
        assertEquals(Vectors.deposit(), new Deposit(read.token(), read.amount(), read.notesRoot()));
        assertEquals(request().items(), read.items());
        assertEquals(Vectors.notes().get(2).salt(), read.salt(2));
    }

    static VoucherRequest request() {
        List<VoucherRequest.Item> items = Vectors.notes().stream()
                .map(n -> new VoucherRequest.Item(n.linkKey(), n.amount())).toList();
        Deposit deposit = Vectors.deposit();
        return new VoucherRequest(Vectors.DOMAIN, deposit.token(), deposit.amount(), deposit.notesRoot(),
                Vectors.bytes("/derivation/saltKey"), items);
    }

    @Test
    void resultMatchesAndReadsBack() {
        byte[] expected = Vectors.text("/result").getBytes(StandardCharsets.UTF_8);
        EnclaveResult result = EnclaveResult.decode(expected);
        assertArrayEquals(expected, result.encode());
        EnclaveResult.Signed signed = (EnclaveResult.Signed) result;
        assertEquals(Vectors.signature("vouchers", 1), signed.vouchers().get(1).signature());
    }

    @Test
    void linksMatchAndReadBack() {
        Link plain = link(Optional.empty());
        assertEquals(Vectors.text("/links/plain"), plain.toFragment());
        NoteTree tree = NoteTree.of(Vectors.notes());
        var openings = new Link.Openings(Vectors.deposit().amount(), tree.root(), List.of(
                new Link.Opening(Vectors.notes().get(0).salt(), tree.path(0)),
                new Link.Opening(Vectors.notes().get(1).salt(), tree.path(1))));
        Link opened = link(Optional.of(openings));
        assertEquals(Vectors.text("/links/opened"), opened.toFragment());
        Link read = Link.parse("#" + Vectors.text("/links/opened"));
        assertEquals(Optional.of(openings), read.openings());
        assertEquals(plain.items(), read.items());
        assertEquals(Vectors.text("/notes/1/key"), Hex.encode(read.noteKey(1)));
    }

    @Test
    void wordsTravelAtTheEndOfALink() {
        var words = new LinkWords(Vectors.text("/links/words/payer"), Vectors.text("/links/words/message"));
        Link worded = Link.parse(Vectors.text("/links/worded"));
        assertEquals(Optional.of(words), worded.words());
        assertEquals(Vectors.text("/links/worded"), new Link(worded.domain(), worded.token(),
                KeyDerivation.linkSecret(SEED, 0), worded.items(), worded.openings(), worded.words()).toFragment());
        Link both = Link.parse(Vectors.text("/links/openedAndWorded"));
        assertEquals(Optional.of(words), both.words());
        assertTrue(both.openings().isPresent());
    }

    @Test
    void wordsThatCouldMisleadOrDoNotFitAreRefused() {
        for (String bad : List.of("a\nb", "a\u0000", "\u202Eevil", "\u2067", "\u0085", "\uD800")) {
            assertThrows(IllegalArgumentException.class, () -> new LinkWords(bad, ""));
            assertThrows(IllegalArgumentException.class, () -> new LinkWords("", bad));
        }
        assertThrows(IllegalArgumentException.class, () -> new LinkWords("ü".repeat(30) + "x", ""));
        assertThrows(IllegalArgumentException.class, () -> new LinkWords("", "x".repeat(501)));
        new LinkWords("ü".repeat(30), "🌰".repeat(125));
    }

    @Test
    void claimsOfSeveralTokensOrRelayersDoNotGoInOneCall() {
        EscrowAbi.SignedClaim first = Vectors.signedClaim(0);
        Claim c = first.claim();
        for (Claim other : List.of(
                new Claim(c.relayer(), c.amount(), c.recipient(), c.fee(), c.relayer(), c.deadline()),
                new Claim(c.token(), c.amount(), c.recipient(), c.fee(), c.recipient(), c.deadline()))) {
            var second = new EscrowAbi.SignedClaim(other, first.link(), first.voucher());
            assertThrows(IllegalArgumentException.class,
                    () -> EscrowAbi.claimMany(List.of(first, second), 150_000));
        }
    }

    @Test
    void bothKindsOfClaimsAreRead() {
        Claim c = Vectors.claim(0);
        Address key = Vectors.voucher(0).linkKey();
        Bytes32 topic = Bytes32.of(new Words().word(key).bytes());
        assertEquals(new EscrowAbi.Claimed(key, Address.ZERO, c.amount(), c.recipient()), EscrowAbi.Claimed.decode(
                List.of(EscrowAbi.CLAIMED, topic), new Words().word(c.amount()).word(c.recipient()).bytes()));
        byte[] ofToken = new Words().word(c.relayer()).word(c.amount()).word(c.recipient()).bytes();
        assertEquals(new EscrowAbi.Claimed(key, c.relayer(), c.amount(), c.recipient()),
                EscrowAbi.Claimed.decode(List.of(EscrowAbi.TOKEN_CLAIMED, topic), ofToken));
        assertThrows(IllegalArgumentException.class,
                () -> EscrowAbi.Claimed.decode(List.of(EscrowAbi.CLAIMED, topic), ofToken));
        assertThrows(IllegalArgumentException.class,
                () -> EscrowAbi.Claimed.decode(List.of(EscrowAbi.EXITED, topic), ofToken));
    }

    private static Link link(Optional<Link.Openings> openings) {
        List<Link.Item> items = List.of(
                new Link.Item(Vectors.voucher(0).amount(), Vectors.signature("vouchers", 0)),
                new Link.Item(Vectors.voucher(1).amount(), Vectors.signature("vouchers", 1)));
        return new Link(Vectors.DOMAIN, Vectors.TOKEN, KeyDerivation.linkSecret(SEED, 0), items, openings);
    }

    @Test
    void callDataAndTopicsMatch() {
        assertEquals(Vectors.text("/calls/deposit"), Hex.encode(EscrowAbi.deposit(Vectors.deposit())));
        assertEquals(Vectors.text("/calls/claim"), Hex.encode(EscrowAbi.claim(Vectors.signedClaim(0))));
        assertEquals(Vectors.text("/calls/claimMany"), Hex.encode(EscrowAbi.claimMany(
                List.of(Vectors.signedClaim(0), Vectors.signedClaim(1)), 150_000)));
        assertEquals(Vectors.text("/calls/exit"), Hex.encode(EscrowAbi.exit(Vectors.claim(1),
                Vectors.signature("claims", 1), Vectors.deposit(), Vectors.notes().get(1).salt(),
                NoteTree.of(Vectors.notes()).path(1))));
        assertEquals(Vectors.text("/events/Deposited"), EscrowAbi.DEPOSITED.toString());
        assertEquals(Vectors.text("/events/Claimed"), EscrowAbi.CLAIMED.toString());
        assertEquals(Vectors.text("/events/TokenClaimed"), EscrowAbi.TOKEN_CLAIMED.toString());
        assertEquals(Vectors.text("/events/Exited"), EscrowAbi.EXITED.toString());
    }
}
