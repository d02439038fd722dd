package io.walnut.contracts;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;

/** What the enclave answers: {@code result.json} of {@code docs/protocol.md} §7. */
public sealed interface EnclaveResult {

    /** The file's name in {@code IEXEC_OUT}. */
    String FILE_NAME = "result.json";
    /** The most bytes a result can have: 500 vouchers of at most 300 bytes, and the head. */
    int MAX_LENGTH = 160_000;

    /** A secret that only the requester knows, so that the published hash of the file gives nothing away. */
    Bytes32 blinding();

    /**
     * Vouchers for all notes of a deposit.
     *
     * @param vouchers in the order of the request
     */
    record Signed(Bytes32 blinding, EscrowDomain domain, Address token, Bytes32 notesRoot, Address signer,
            List<SignedVoucher> vouchers) implements EnclaveResult {
        public Signed {
            vouchers = List.copyOf(vouchers);
        }
    }

    /** @param signature over {@code new Voucher(token, amount, linkKey).digest(domain)} */
    record SignedVoucher(Address linkKey, BigInteger amount, Signature signature) {
    }

    /** Nothing was signed. @param code stable, upper case, free of secrets */
    record Refused(Bytes32 blinding, String code) implements EnclaveResult {
    }

    /** The file's bytes: the same result always gives the same. */
    default byte[] encode() {
        var out = new ByteArrayOutputStream();
        try (JsonGenerator json = new JsonFactory().createGenerator(out)) {
            json.writeStartObject();
            json.writeNumberField("version", 1);
            switch (this) {
                case Signed signed -> writeSigned(json, signed);
                case Refused refused -> {
                    json.writeStringField("status", "refused");
                    json.writeStringField("blinding", refused.blinding().toString());
                    json.writeStringField("code", refused.code());
                }
            }
            json.writeEndObject();
        } catch (IOException e) {
            throw new IllegalStateException("writing to memory cannot fail", e);
        }
        return out.toByteArray();
    }

    private static void writeSigned(JsonGenerator json, Signed signed) throws IOException {
        json.writeStringField("status", "signed");
        json.writeStringField("blinding", signed.blinding().toString());
        json.writeStringField("chainId", Long.toString(signed.domain().chainId()));
        json.writeStringField("escrow", signed.domain().escrow().hex());
        json.writeStringField("token", signed.token().hex());
        json.writeStringField("notesRoot", signed.notesRoot().toString());
        json.writeStringField("signer", signed.signer().hex());
        json.writeArrayFieldStart("vouchers");
        for (SignedVoucher voucher : signed.vouchers()) {
            json.writeStartObject();
            json.writeStringField("linkKey", voucher.linkKey().hex());
            json.writeStringField("amount", voucher.amount().toString());
            json.writeStringField("signature", voucher.signature().toString());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    /**
     * The strict inverse of {@link #encode}: members in their order, no others, nothing after them.
     *
     * @throws IllegalArgumentException for anything else
     */
    static EnclaveResult decode(byte[] bytes) {
        if (bytes.length > MAX_LENGTH) {
            throw new IllegalArgumentException("an enclave result has at most " + MAX_LENGTH + " bytes");
        }
        EnclaveResult result = EnclaveResultReader.read(bytes);
        // Also leaves out white space, upper-case digits and escapes: one result has one encoding.
        if (!Arrays.equals(result.encode(), bytes)) {
            throw new IllegalArgumentException("not an enclave result: it is encoded in another way");
        }
        return result;
    }
}
