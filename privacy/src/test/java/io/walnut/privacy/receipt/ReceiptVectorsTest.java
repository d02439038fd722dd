package io.walnut.privacy.receipt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.walnut.contracts.Hex;
import io.walnut.contracts.NoteTree;
import io.walnut.contracts.Secp256k1;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** {@code vectors/receipt-v1.json}, which viem and OpenZeppelin's merkle-tree made. */
class ReceiptVectorsTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void theReceiptOfAnIndependentImplementationIsReadSignedAndWrittenAlike() throws Exception {
        JsonNode vectors = JSON.readTree(Path.of("vectors", "receipt-v1.json").toFile());
        Receipt.Signed signed = ReceiptJson.read(vectors.get("receipt").toString());
        assertEquals(vectors.get("digest").textValue(), signed.receipt().digest().toString());
        assertEquals(signed, signed.receipt().sign(Secp256k1.bouncyCastle(), Hex.decode(vectors.get("companyKey").textValue())));
        for (Receipt.Item item : signed.receipt().items()) {
            assertTrue(NoteTree.verifies(signed.receipt().deposit().notesRoot(), item.note().leaf(), item.path()));
        }
        assertEquals(vectors.get("receipt"), JSON.readTree(ReceiptJson.write(signed)));
    }
}
