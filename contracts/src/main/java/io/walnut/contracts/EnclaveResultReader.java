package io.walnut.contracts;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.walnut.contracts.EnclaveResult.Refused;
import io.walnut.contracts.EnclaveResult.Signed;
import io.walnut.contracts.EnclaveResult.SignedVoucher;
import java.io.IOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/** Reads an {@link EnclaveResult}: members in their fixed order, no others, nothing after them. */
final class EnclaveResultReader {

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(4).maxStringLength(200).maxNumberLength(8).build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

    private final JsonParser json;

    private EnclaveResultReader(JsonParser json) {
        this.json = json;
    }

    static EnclaveResult read(byte[] bytes) {
        try (JsonParser json = FACTORY.createParser(bytes)) {
            return new EnclaveResultReader(json).read();
        } catch (IOException e) {
            throw new IllegalArgumentException("not an enclave result: the JSON is malformed", e);
        }
    }

    private EnclaveResult read() throws IOException {
        expect(JsonToken.START_OBJECT);
        name("version");
        expect(JsonToken.VALUE_NUMBER_INT);
        require(json.getIntValue() == 1);
        EnclaveResult result = switch (text("status")) {
            case "signed" -> readSigned();
            case "refused" -> new Refused(Bytes32.parse(text("blinding")), code(text("code")));
            default -> throw malformed();
        };
        expect(JsonToken.END_OBJECT);
        require(json.nextToken() == null);
        return result;
    }

    private Signed readSigned() throws IOException {
        Bytes32 blinding = Bytes32.parse(text("blinding"));
        long chainId = number(text("chainId")).longValueExact();
        var domain = new EscrowDomain(chainId, Address.parse(text("escrow")));
        Address token = Address.parse(text("token"));
        Bytes32 root = Bytes32.parse(text("notesRoot"));
        Address signer = Address.parse(text("signer"));
        return new Signed(blinding, domain, token, root, signer, readVouchers());
    }

    private List<SignedVoucher> readVouchers() throws IOException {
        var vouchers = new ArrayList<SignedVoucher>();
        name("vouchers");
        expect(JsonToken.START_ARRAY);
        while (json.nextToken() == JsonToken.START_OBJECT) {
            require(vouchers.size() < NoteTree.MAX_NOTES);
            vouchers.add(new SignedVoucher(Address.parse(text("linkKey")), number(text("amount")),
                    Signature.parse(text("signature"))));
            expect(JsonToken.END_OBJECT);
        }
        require(json.currentToken() == JsonToken.END_ARRAY);
        return vouchers;
    }

    private String text(String member) throws IOException {
        name(member);
        expect(JsonToken.VALUE_STRING);
        return json.getText();
    }

    private void name(String member) throws IOException {
        expect(JsonToken.FIELD_NAME);
        require(json.currentName().equals(member));
    }

    private void expect(JsonToken token) throws IOException {
        require(json.nextToken() == token);
    }

    private static String code(String code) {
        require(code.matches("[A-Z0-9_]{1,64}"));
        return code;
    }

    private static BigInteger number(String digits) {
        require(digits.matches("0|[1-9][0-9]{0,38}"));
        return new BigInteger(digits);
    }

    private static void require(boolean holds) {
        if (!holds) {
            throw malformed();
        }
    }

    private static IllegalArgumentException malformed() {
        return new IllegalArgumentException("not an enclave result: a member is missing, unknown or malformed");
    }
}
