package io.walnut.enclave.chain;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RlpTest {

    @Test
    void bytesDecodeAsTheYellowPaperSays() throws MalformedRlp {
        assertArrayEquals(bytes("646f67"), value("83646f67"));
        assertArrayEquals(new byte[0], value("80"));
        assertArrayEquals(bytes("00"), value("00"));
        assertArrayEquals(bytes("7f"), value("7f"));
        assertArrayEquals(bytes("80"), value("8180"));
        assertArrayEquals(new byte[56], value("b838" + "00".repeat(56)));
        assertArrayEquals(new byte[256], value("b90100" + "00".repeat(256)));
    }

    @Test
    void listsKeepTheirEncoding() throws MalformedRlp {
        var list = assertInstanceOf(Rlp.Sequence.class, Rlp.decode(bytes("c7c0c1c0c3c0c1c0")));
        assertEquals(3, list.items().size());
        assertArrayEquals(bytes("c3c0c1c0"), ((Rlp.Sequence) list.items().get(2)).encoding());
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "", // nothing
        "8100", "817f", // one byte below 0x80 stands for itself
        "b80100", "b83700", "f83700", // long form of a short length
        "b90001", "b900ff", // leading zero in the length
        "83646f", "c3c0c1", "c2c1", // ends early
        "8000", "c000", // goes on after the end
        "c483646f67c0", "c28364", // an item leaves its list
        "ba00000100", "bb00000100", "bf0000000000000038", "ffffffffffffffffff", // lengths that cannot be
        "b8", "b9ff", "f8", "f9ff",
    })
    void anythingElseIsRefused(String hex) {
        assertThrows(MalformedRlp.class, () -> Rlp.decode(bytes(hex)));
    }

    @Test
    void nestingBeyondTheLimitIsRefused() throws MalformedRlp {
        Rlp.decode(nested(Rlp.MAX_DEPTH));
        assertThrows(MalformedRlp.class, () -> Rlp.decode(nested(Rlp.MAX_DEPTH + 1)));
    }

    @Test
    void moreItemsThanTheLimitAreRefused() throws MalformedRlp {
        Rlp.decode(Rlp.encodeList(java.util.Collections.nCopies(Rlp.MAX_ITEMS, bytes("80"))));
        assertThrows(MalformedRlp.class, () ->
                Rlp.decode(Rlp.encodeList(java.util.Collections.nCopies(Rlp.MAX_ITEMS + 1, bytes("80")))));
    }

    @Test
    void moreBytesThanTheLimitAreRefused() throws MalformedRlp {
        Rlp.decode(Rlp.encodeBytes(new byte[Rlp.MAX_INPUT - 3]));
        assertThrows(MalformedRlp.class, () -> Rlp.decode(Rlp.encodeBytes(new byte[Rlp.MAX_INPUT - 2])));
    }

    private static byte[] nested(int depth) {
        byte[] item = bytes("80");
        for (int i = 0; i < depth; i++) {
            item = Rlp.encodeList(List.of(item));
        }
        return item;
    }

    private static byte[] value(String hex) throws MalformedRlp {
        return assertInstanceOf(Rlp.Bytes.class, Rlp.decode(bytes(hex))).value();
    }

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex);
    }
}
