package io.walnut.devnet.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CidTest {

    /** Expected values: npm ipfs-only-hash 4.0.0, which uses the IPFS project's own importer. */
    @ParameterizedTest
    @CsvSource({
        "0, QmbFMke1KXqnYyBBWxB74N4c5SBnJMVAiMNRcGu6x1AwQH",
        "262144, QmVV5RrHAR5ZerjbGLJSDXCBjkiR1DraddGdvKRAowDJvA",
        "262145, QmS7fy4bE586ZCgYuxrdNEhggP1Cm5FBuZaqmgtfSqFizr",
        "600000, QmRT38sDncNFH3zMM29Lr7c2BCxdBEj1uyEUMjyoKahvYK",
        "50000000, QmQ4mPdxew1z4iCK1e2gcBrSA7YauBVasGa7w6z68w1NVw"})
    void fileHasTheCidThatIpfsGivesIt(int length, String cid) {
        byte[] file = new byte[length];
        for (int i = 0; i < length; i++) {
            file[i] = (byte) (i * 31 + 7);
        }
        assertEquals(cid, Cid.of(file));
    }

    @Test
    void helloWorldHasItsWellKnownCid() {
        assertEquals("QmT78zSuBmuS4z925WZfrqQ1qHaJ56DQaTfyMUF7F8ff5o",
                Cid.of("hello world\n".getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void binaryMultiaddrReadsAsItsPath() {
        // What the SDK writes for /ipfs/QmT78zSuBmuS4z925WZfrqQ1qHaJ56DQaTfyMUF7F8ff5o.
        byte[] multiaddr = HexFormat.of().parseHex("a503221220"
                + "46d44814b9c5af141c3aaab7c05dc5e844ead5f91f12858b021eba45768b4c0e");
        assertEquals("/ipfs/QmT78zSuBmuS4z925WZfrqQ1qHaJ56DQaTfyMUF7F8ff5o", Multiaddr.text(multiaddr));
    }
}
