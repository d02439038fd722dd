package io.walnut.ejb.iexec.order;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.walnut.contracts.Address;
import io.walnut.contracts.Bytes32;
import io.walnut.ejb.iexec.SdkVectors;
import io.walnut.ejb.iexec.TeeFramework;
import org.junit.jupiter.api.Test;

import java.math.BigInteger;

class TaskRequestTest {

    private static final Address SOMEONE = Address.parse("0x1111111111111111111111111111111111111111");
    private static final RequestTerms TERMS = new RequestTerms(SOMEONE, SOMEONE, Address.ZERO, TeeFramework.SCONE,
            BigInteger.TWO, BigInteger.TEN);

    private static TaskRequest create(int saltByte) {
        byte[] salt = new byte[32];
        salt[0] = (byte) saltByte;
        return TaskRequest.create(TERMS, SOMEONE, 6, Bytes32.of(salt), SdkVectors.domain());
    }

    @Test
    void theSameIntentGivesTheSameOrderDealTaskAndSecretNames() {
        assertEquals(create(1), create(1));
    }

    @Test
    void anotherSaltGivesAnotherOrderDealTaskAndSecretNames() {
        assertNotEquals(create(1).orderHash(), create(2).orderHash());
        assertNotEquals(create(1).deal(), create(2).deal());
        assertNotEquals(create(1).task(), create(2).task());
        assertNotEquals(create(1).secretNames(), create(2).secretNames());
    }

    @Test
    void paramsNameTheSecretsAndAskForEncryption() {
        String name = "walnut-01000000000000000000000000000000-";
        assertTrue(create(1).order().params().startsWith(
                "{\"iexec_result_encryption\":true,\"iexec_result_storage_provider\":\"ipfs\","
                        + "\"iexec_secrets\":{\"1\":\"" + name + "1\",\"2\":\"" + name + "2\""));
        assertTrue(create(1).order().params().endsWith("\"6\":\"" + name + "6\"}}"));
    }

    @Test
    void theOrderAsksForTheFrameworksTag() {
        assertEquals(BigInteger.valueOf(3), create(1).order().tag().toUnsigned());
    }
}
