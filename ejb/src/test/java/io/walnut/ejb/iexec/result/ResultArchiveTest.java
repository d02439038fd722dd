package io.walnut.ejb.iexec.result;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.walnut.ejb.iexec.SdkVectors;
import io.walnut.ejb.iexec.result.ResultArchive.Code;
import io.walnut.ejb.iexec.result.ResultArchive.Opened;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

class ResultArchiveTest {

    private static final JsonNode VECTOR = SdkVectors.ALL.get("result");
    private static final ResultKey KEY = ResultKey.ofPem(VECTOR.get("privateKeyPem").textValue());
    private static final byte[] ARCHIVE = Base64.getDecoder().decode(VECTOR.get("archive").textValue());

    private static Code refusal(byte[] archive) {
        return assertInstanceOf(Opened.Unreadable.class, ResultArchive.open(archive, KEY)).code();
    }

    private static Map<String, byte[]> files(byte[] archive) {
        return assertInstanceOf(Opened.Files.class, ResultArchive.open(archive, KEY)).files();
    }

    @Test
    void aResultThatTheSdkOpensOpensTheSame() {
        assertEquals(VECTOR.get("resultJson").textValue(),
                new String(files(ARCHIVE).get("result.json"), StandardCharsets.UTF_8));
    }

    @Test
    void theResultKeyReadsAndWritesTheFormsOfTheSdk() {
        assertEquals(VECTOR.get("publicKeyPem").textValue(), KEY.publicKeyPem());
        assertEquals(KEY.publicKeyPem(), ResultKey.of(KEY.pkcs8()).publicKeyPem());
        assertEquals(KEY.publicKeyPem(),
                new String(Base64.getDecoder().decode(KEY.smsValue()), StandardCharsets.US_ASCII));
    }

    @Test
    void whatWasPackedIsOpened() {
        byte[] log = new byte[100_000];
        byte[] archive = Archives.encrypted(Archives.zip(Map.of("result.json", new byte[] {1}, "logs/a.txt", log)), KEY);
        assertArrayEquals(new byte[] {1}, files(archive).get("result.json"));
        assertArrayEquals(log, files(archive).get("logs/a.txt"));
    }

    @Test
    void anotherKeyOpensNothing() {
        var opened = ResultArchive.open(ARCHIVE, ResultKey.generate());
        assertEquals(Code.RESULT_NOT_DECRYPTABLE, assertInstanceOf(Opened.Unreadable.class, opened).code());
    }

    @Test
    void wrongRsaPaddingWrongAesPaddingAndWrongContentAreOneRefusal() throws Exception {
        byte[] aesKey = new byte[32];
        byte[] inner = Archives.zip(Map.of("a", new byte[1]));
        byte[] goodKey = Archives.wrap(aesKey, KEY);
        byte[] goodBody = Archives.aes(inner, aesKey);
        byte[] badPadding = goodBody.clone();
        badPadding[badPadding.length - 1] ^= 1;

        var refusals = new java.util.HashSet<Opened>();
        refusals.add(ResultArchive.open(Archives.outer(new byte[goodKey.length], goodBody), KEY));
        refusals.add(ResultArchive.open(Archives.outer(Archives.wrap(new byte[16], KEY), goodBody), KEY));
        refusals.add(ResultArchive.open(Archives.outer(goodKey, badPadding), KEY));
        refusals.add(ResultArchive.open(Archives.outer(goodKey, Archives.aes(new byte[100], aesKey)), KEY));
        assertEquals(1, refusals.size(), refusals::toString);
        assertEquals(Code.RESULT_NOT_DECRYPTABLE,
                assertInstanceOf(Opened.Unreadable.class, refusals.iterator().next()).code());
    }

    @Test
    void namesThatPointOutsideAreRefused() {
        for (String name : new String[] {"../a", "a/../../b", "/etc/passwd", "a\\..\\b", "C:a", "a/..", ".", "a\nb"}) {
            byte[] archive = Archives.encrypted(Archives.zip(Map.of(name, new byte[1])), KEY);
            assertEquals(Code.RESULT_NOT_DECRYPTABLE, refusal(archive), name);
        }
        assertEquals(Code.RESULT_MALFORMED, refusal(Archives.zip(Map.of("../aes-key.rsa", new byte[1]))));
    }

    @Test
    void aBombInTheOuterArchiveIsRefusedBeforeItFillsMemory() {
        byte[] bomb = Archives.zip(Map.of("iexec_out.zip.aes", new byte[64 << 20]));
        assertTrue(bomb.length < 100_000);
        assertEquals(Code.RESULT_MALFORMED, refusal(bomb));
    }

    @Test
    void aBombInTheInnerArchiveIsRefused() {
        byte[] bomb = Archives.zip(Map.of("result.json", new byte[17 << 20]));
        assertEquals(Code.RESULT_NOT_DECRYPTABLE, refusal(Archives.encrypted(bomb, KEY)));
    }

    @Test
    void manySmallFilesAreRefused() {
        var many = new LinkedHashMap<String, byte[]>();
        for (int i = 0; i < 65; i++) {
            many.put("f" + i, new byte[0]);
        }
        assertEquals(Code.RESULT_MALFORMED, refusal(Archives.zip(many)));
    }

    @Test
    void anUnencryptedResultIsMalformed() {
        assertEquals(Code.RESULT_MALFORMED, refusal(Archives.zip(Map.of("result.json", new byte[1]))));
        assertEquals(Code.RESULT_MALFORMED, refusal(new byte[0]));
        assertEquals(Code.RESULT_MALFORMED, refusal("<html>not found</html>".getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void impossibleLengthsAreMalformed() {
        assertEquals(Code.RESULT_MALFORMED, refusal(Archives.outer(new byte[1_025], new byte[32])));
        assertEquals(Code.RESULT_MALFORMED, refusal(Archives.outer(new byte[512], new byte[33])));
        assertEquals(Code.RESULT_MALFORMED, refusal(Archives.outer(new byte[512], new byte[16])));
    }

    /** No damage makes it throw, and none makes it tell more than one of two codes. */
    @Property(tries = 300)
    void damagedArchivesAreOpenedOrRefusedNeverThrown(@ForAll("damaged") byte[] archive) {
        if (ResultArchive.open(archive, KEY) instanceof Opened.Unreadable unreadable) {
            assertTrue(unreadable.message().length() < 200);
        }
    }

    @Provide
    Arbitrary<byte[]> damaged() {
        return Combinators.combine(Arbitraries.integers().between(0, ARCHIVE.length - 1),
                Arbitraries.integers().between(1, 255), Arbitraries.integers().between(1, ARCHIVE.length))
                .as((position, change, length) -> {
                    byte[] copy = java.util.Arrays.copyOf(ARCHIVE, length);
                    copy[position % length] ^= (byte) (int) change;
                    return copy;
                });
    }
}
