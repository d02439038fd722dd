package io.walnut.devnet.sms;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.walnut.contracts.Address;
import io.walnut.contracts.Bytes32;
import io.walnut.contracts.Hex;
import io.walnut.contracts.Keccak;
import io.walnut.devnet.Devnet;
import io.walnut.devnet.SharedDevnet;
import io.walnut.devnet.TestRequester;
import io.walnut.devnet.rpc.Account;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The answers of iExec's SMS, one rule each. */
@Timeout(60)
class SmsIT {

    private static final byte[] DOMAIN = Keccak.hash("IEXEC_SMS_DOMAIN".getBytes(StandardCharsets.US_ASCII)).bytes();
    private static final byte[] VALUE = "value".getBytes(StandardCharsets.UTF_8);

    private static Devnet devnet;
    private static TestRequester owner;
    private static Account stranger;

    @BeforeAll
    static void start() {
        devnet = SharedDevnet.get();
        owner = new TestRequester(devnet, devnet.accounts().free().get(4));
        stranger = devnet.accounts().free().get(5);
    }

    @Test
    void requesterSecretIsStoredOnceForItsSigner() {
        String path = requesterPath("once");
        assertEquals(404, head(path));
        assertEquals(401, owner.push(path, named(address(), "once", VALUE), VALUE, stranger));
        assertEquals(401, owner.push(path, named(address(), "once", new byte[1]), VALUE, owner.account()));
        assertEquals(404, head(path));
        assertEquals(204, owner.push(path, named(address(), "once", VALUE), VALUE, owner.account()));
        assertEquals(204, head(path));
        assertEquals(409, owner.push(path, named(address(), "once", VALUE), VALUE, owner.account()));
    }

    @Test
    void requesterSecretMayHave4096BytesAndNoMore() {
        assertEquals(204, owner.pushRequesterSecret("longest", new byte[4096]));
        assertEquals(400, owner.pushRequesterSecret("too-long", new byte[4097]));
    }

    @ParameterizedTest
    @ValueSource(strings = {"with%20space", "dot.",
        "0123456789012345678901234567890123456789012345678901234567890123x"})
    void nameOutsideTheAlphabetIsRefused(String name) {
        assertEquals(400, head(requesterPath(name)));
        assertEquals(400, owner.push(requesterPath(name), named(address(), name, VALUE), VALUE, owner.account()));
    }

    @Test
    void appSecretIsTheAppOwnersToStore() {
        Address app = owner.deployApp("docker.io/sms/app:1").address("app");
        String path = "/apps/" + app + "/secrets";
        assertEquals(404, head(path));
        assertEquals(401, owner.push(path, named(app, "1", VALUE), VALUE, stranger));
        assertEquals(204, owner.push(path, named(app, "1", VALUE), VALUE, owner.account()));
        assertEquals(204, head(path));
        assertEquals(409, owner.push(path, named(app, "1", VALUE), VALUE, owner.account()));
    }

    @Test
    void web2SecretIsReplacedOnlyByPut() {
        String path = "/secrets/web2?ownerAddress=" + address() + "&secretName=replaced";
        byte[] other = {9};
        assertEquals(404, put(path, named(address(), "replaced", VALUE), VALUE));
        assertEquals(204, owner.push(path, named(address(), "replaced", VALUE), VALUE, owner.account()));
        assertEquals(409, owner.push(path, named(address(), "replaced", other), other, owner.account()));
        assertEquals(204, put(path, named(address(), "replaced", other), other));
        byte[] large = new byte[4097];
        assertEquals(413, put(path, named(address(), "replaced", large), large));
    }

    @Test
    void datasetKeyIsTheDatasetOwnersToStore() {
        Address dataset = devnet.walnut().dataset();
        String path = "/secrets/web3?secretAddress=" + dataset;
        Bytes32 challenge = Keccak.hash(DOMAIN, dataset.bytes(), Keccak.hash(VALUE).bytes());
        assertEquals(204, head(path));
        assertEquals(401, owner.push(path, challenge, VALUE, stranger));
        assertEquals(409, owner.push(path, challenge, VALUE, devnet.accounts().datasetOwner()));
    }

    @Test
    void malformedAddressIsRefused() {
        assertEquals(400, head("/secrets/web3?secretAddress=0x12"));
        assertEquals(400, head("/secrets/web3"));
    }

    private static Address address() {
        return owner.account().address();
    }

    private static String requesterPath(String name) {
        return "/requesters/" + address() + "/secrets/" + name;
    }

    private static int head(String path) {
        return owner.head(devnet.smsUrl().resolve(path));
    }

    private static int put(String path, Bytes32 challenge, byte[] value) {
        return owner.send(HttpRequest.newBuilder(devnet.smsUrl().resolve(path))
                .header("authorization", Hex.encode(owner.account().signMessage(challenge.bytes())))
                .PUT(BodyPublishers.ofByteArray(value))).statusCode();
    }

    private static Bytes32 named(Address address, String name, byte[] value) {
        return Keccak.hash(DOMAIN, address.bytes(), Keccak.hash(name.getBytes(StandardCharsets.UTF_8)).bytes(),
                Keccak.hash(value).bytes());
    }
}
