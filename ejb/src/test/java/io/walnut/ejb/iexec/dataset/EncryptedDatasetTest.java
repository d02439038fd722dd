package io.walnut.ejb.iexec.dataset;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import io.walnut.ejb.iexec.SdkVectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;

class EncryptedDatasetTest {

    private static final JsonNode VECTOR = SdkVectors.ALL.get("dataset");

    private static byte[] base64(String member) {
        return Base64.getDecoder().decode(VECTOR.get(member).textValue());
    }

    @Test
    void theSdksDatasetDecrypts() throws GeneralSecurityException {
        assertArrayEquals(base64("plain"), EncryptedDataset.decrypt(base64("encrypted"), base64("key")));
    }

    @Test
    void theKeysTextIsBase64AsTheSdkPushesIt() {
        assertEquals(VECTOR.get("key").textValue(), new String(EncryptedDataset.smsValue(base64("key"))));
    }

    @Property(tries = 50)
    void whatIsEncryptedDecrypts(@ForAll byte[] plain) throws GeneralSecurityException {
        byte[] key = EncryptedDataset.newKey();
        EncryptedDataset encrypted = EncryptedDataset.encrypt(plain, key);
        assertArrayEquals(plain, EncryptedDataset.decrypt(encrypted.bytes(), key));
        assertEquals(16 + (plain.length / 16 + 1) * 16, encrypted.bytes().length);
    }

    @Test
    void theSameDatasetIsNeverEncryptedToTheSameBytes() {
        byte[] key = EncryptedDataset.newKey();
        assertFalse(Arrays.equals(EncryptedDataset.encrypt(new byte[5], key).bytes(),
                EncryptedDataset.encrypt(new byte[5], key).bytes()));
    }
}
