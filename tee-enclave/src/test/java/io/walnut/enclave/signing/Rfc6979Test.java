package io.walnut.enclave.signing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.walnut.contracts.Bytes32;
import io.walnut.contracts.Hex;
import io.walnut.enclave.Refused;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The widely published vectors of deterministic ECDSA on secp256k1 with SHA-256, low s. */
class Rfc6979Test {

    private record Vector(String key, String message, String r, String s) {
    }

    private static final List<Vector> VECTORS = List.of(
            new Vector("0000000000000000000000000000000000000000000000000000000000000001", "Satoshi Nakamoto",
                    "934b1ea10a4b3c1757e2b0c017d0b6143ce3c9a7e6a4a49860d7a6ab210ee3d8",
                    "2442ce9d2b916064108014783e923ec36b49743e2ffa1c4496f01a512aafd9e5"),
            new Vector("0000000000000000000000000000000000000000000000000000000000000001",
                    "All those moments will be lost in time, like tears in rain. Time to die...",
                    "8600dbd41e348fe5c9465ab92d23e3db8b98b873beecd930736488696438cb6b",
                    "547fe64427496db33bf66019dacbf0039c04199abb0122918601db38a72cfc21"),
            new Vector("fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364140", "Satoshi Nakamoto",
                    "fd567d121db66e382991534ada77a6bd3106f0a1098c231e47993447cd6af2d0",
                    "6b39cd0eb1bc8603e159ef5c20a5c8ad685a45b06ce9bebed3f153d10d93bed5"),
            new Vector("f8b8af8ce3c7cca5e300d33939540c10d45ce001b8f252bfbc57ba0342904181", "Alan Turing",
                    "7063ae83e7f62bbb171798131b4a0564b956930092b33b07b395615d9ec7e15c",
                    "58dfcc1e00a35e1572f366ffe34ba0fc47db1e7189759b9fb233c5b05ab388ea"));

    static Stream<Arguments> vectorsByLibrary() {
        return Stream.of(SigningLibrary.values())
                .flatMap(library -> VECTORS.stream().map(vector -> Arguments.of(library, vector)));
    }

    @ParameterizedTest
    @MethodSource("vectorsByLibrary")
    void theSignatureIsThePublishedOne(SigningLibrary library, Vector vector)
            throws Refused, NoSuchAlgorithmException {
        byte[] hash = MessageDigest.getInstance("SHA-256").digest(vector.message().getBytes(StandardCharsets.US_ASCII));
        var signature = library.load().sign(Bytes32.of(hash), Hex.decode("0x" + vector.key()));
        assertEquals("0x" + vector.r(), signature.r().toString());
        assertEquals("0x" + vector.s(), "0x" + "%064x".formatted(signature.s()));
    }
}
