package io.walnut.ejb.iexec.market;

import com.fasterxml.jackson.databind.JsonNode;
import io.walnut.contracts.Bytes32;
import io.walnut.contracts.Keccak;
import io.walnut.ejb.iexec.IexecException;
import io.walnut.ejb.iexec.SigningKey;
import io.walnut.ejb.iexec.order.OrderSignature;
import io.walnut.ejb.iexec.order.Uint256;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;

/**
 * The EIP-712 message by which an account logs in to the order book. Only this one shape is signed: a book
 * that could have any typed data signed could have an order of its own making signed.
 */
record LoginChallenge(Bytes32 digest) {

    private static final Bytes32 DOMAIN_TYPE = hash("EIP712Domain(string name,string version,uint256 chainId)");
    private static final Bytes32 CHALLENGE_TYPE = hash("Challenge(string challenge)");
    private static final int MAX_LENGTH = 1_000;

    /** @throws IexecException ORDER_BOOK_REFUSED for another shape or chain */
    static LoginChallenge read(JsonNode typedData, BigInteger chainId) {
        JsonNode domain = typedData.path("domain");
        JsonNode challenge = typedData.path("message").path("challenge");
        boolean expected = "Challenge".equals(typedData.path("primaryType").asText())
                && chainId.toString().equals(domain.path("chainId").asText())
                && domain.path("name").isTextual() && domain.path("version").isTextual() && domain.size() == 3
                && challenge.isTextual() && challenge.textValue().length() <= MAX_LENGTH;
        if (!expected) {
            throw new IexecException(IexecException.Code.ORDER_BOOK_REFUSED,
                    "the order book asks to sign something else than a login challenge for chain " + chainId);
        }
        Bytes32 separator = Keccak.hash(DOMAIN_TYPE.bytes(), hash(domain.get("name").textValue()).bytes(),
                hash(domain.get("version").textValue()).bytes(), Uint256.word(chainId));
        Bytes32 message = Keccak.hash(CHALLENGE_TYPE.bytes(), hash(challenge.textValue()).bytes());
        return new LoginChallenge(Keccak.hash(new byte[] {0x19, 0x01}, separator.bytes(), message.bytes()));
    }

    /** The Authorization header: digest, signature and address, joined by underscores. */
    String authorization(SigningKey key) {
        return digest + "_" + OrderSignature.of(key.sign(digest)).hex() + "_" + key.address();
    }

    private static Bytes32 hash(String text) {
        return Keccak.hash(text.getBytes(StandardCharsets.UTF_8));
    }
}
