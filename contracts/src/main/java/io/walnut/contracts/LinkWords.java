package io.walnut.contracts;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * What a link says to its recipient. Nobody vouches for it: whoever made the link wrote it.
 *
 * @param payer who pays, or empty
 * @param message what they say, or empty
 */
public record LinkWords(String payer, String message) {
    /** The longest payer, in bytes of UTF-8. */
    public static final int MAX_PAYER = 60;
    /** The longest message, in bytes of UTF-8. */
    public static final int MAX_MESSAGE = 500;

    public LinkWords {
        require("payer", payer, MAX_PAYER);
        require("message", message, MAX_MESSAGE);
    }

    /** Whether the text can be shown as it is: no controls, nothing that turns the direction of writing. */
    public static boolean isPlain(String text) {
        return text.codePoints().noneMatch(c -> Character.isISOControl(c) || c == 0x061C || c == 0x200E || c == 0x200F
                || c == 0x2028 || c == 0x2029 || c >= 0x202A && c <= 0x202E || c >= 0x2066 && c <= 0x2069
                || c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
    }

    private static void require(String name, String text, int most) {
        if (!isPlain(text)) {
            throw new IllegalArgumentException("the " + name + " holds control characters");
        }
        if (text.getBytes(StandardCharsets.UTF_8).length > most) {
            throw new IllegalArgumentException("the " + name + " has more than " + most + " bytes");
        }
    }

    byte[] encoded() {
        byte[] name = payer.getBytes(StandardCharsets.UTF_8);
        byte[] text = message.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(3 + name.length + text.length)
                .put((byte) name.length).put(name).putShort((short) text.length).put(text).array();
    }

    static LinkWords read(ByteBuffer in) {
        String payer = text(in, Byte.toUnsignedInt(in.get()));
        return new LinkWords(payer, text(in, Short.toUnsignedInt(in.getShort())));
    }

    private static String text(ByteBuffer in, int length) {
        byte[] bytes = new byte[length];
        in.get(bytes);
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("the link's words are no UTF-8");
        }
    }
}
