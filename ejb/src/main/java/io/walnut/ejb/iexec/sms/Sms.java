package io.walnut.ejb.iexec.sms;

import io.walnut.contracts.Address;
import io.walnut.contracts.Bytes32;
import io.walnut.ejb.iexec.Http;
import io.walnut.ejb.iexec.IexecException;
import io.walnut.ejb.iexec.SigningKey;
import io.walnut.ejb.iexec.order.OrderSignature;
import io.walnut.ejb.iexec.result.ResultKey;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * Client of one secret management service. Each operation looks before it stores, so that asking twice
 * stores once. Values are raw bytes, at most {@value #MAX_SECRET_LENGTH}; callers wipe them.
 */
public final class Sms {

    /** SMS 9.3.1 refuses more. */
    public static final int MAX_SECRET_LENGTH = 4_096;

    private static final Pattern NAME = Pattern.compile("[0-9A-Za-z_-]{1,64}");
    private static final String APP_SECRET_KEY = "1";
    private static final String RESULT_KEY_NAME = "iexec-result-encryption-public-key";

    private final URI base;
    private final Http http;

    public Sms(URI base, Http http) {
        this.base = base;
        this.http = http;
    }

    /** {@code key}'s owner is the requester; {@code IEXEC_REQUESTER_SECRET_n} comes from the deal's parameters. */
    public SecretAnswer storeRequesterSecret(SigningKey key, String name, byte[] value) {
        requireName(name);
        return storeOnce("/requesters/" + key.address() + "/secrets/" + name,
                SmsChallenge.named(key.address(), name, value), key, value);
    }

    public boolean hasRequesterSecret(Address requester, String name) {
        requireName(name);
        return exists("/requesters/" + requester + "/secrets/" + name);
    }

    /** {@code key} must be the app's owner; the enclave gets it as {@code IEXEC_APP_DEVELOPER_SECRET}. */
    public SecretAnswer storeAppSecret(SigningKey key, Address app, byte[] value) {
        return storeOnce("/apps/" + app + "/secrets", SmsChallenge.named(app, APP_SECRET_KEY, value), key, value);
    }

    public boolean hasAppSecret(Address app) {
        return exists("/apps/" + app + "/secrets");
    }

    /** {@code key} must be the data set's owner. {@code value} is the base64 text of the AES key. */
    public SecretAnswer storeDatasetKey(SigningKey key, Address dataset, byte[] value) {
        return storeOnce("/secrets/web3?secretAddress=" + dataset, SmsChallenge.web3(dataset, value), key, value);
    }

    public boolean hasDatasetKey(Address dataset) {
        return exists("/secrets/web3?secretAddress=" + dataset);
    }

    /**
     * Makes {@code resultKey} the one that results for this beneficiary are encrypted to, replacing any
     * other: the service tells only that there is a key, not which, so this always stores.
     */
    public SecretAnswer storeResultKey(SigningKey key, ResultKey resultKey) {
        byte[] value = resultKey.smsValue().getBytes(StandardCharsets.US_ASCII);
        String path = "/secrets/web2?ownerAddress=" + key.address() + "&secretName=" + RESULT_KEY_NAME;
        Bytes32 challenge = SmsChallenge.named(key.address(), RESULT_KEY_NAME, value);
        return store(exists(path) ? "PUT" : "POST", path, challenge, key, value);
    }

    public boolean hasResultKey(Address beneficiary) {
        return exists("/secrets/web2?ownerAddress=" + beneficiary + "&secretName=" + RESULT_KEY_NAME);
    }

    private SecretAnswer storeOnce(String path, Bytes32 challenge, SigningKey key, byte[] value) {
        requireLength(value);
        return exists(path) ? new SecretAnswer.AlreadyStored() : store("POST", path, challenge, key, value);
    }

    private SecretAnswer store(String method, String path, Bytes32 challenge, SigningKey key, byte[] value) {
        requireLength(value);
        String authorization = OrderSignature.of(key.signMessage(challenge)).hex();
        int status = send(HttpRequest.newBuilder(base.resolve(path))
                .header("Authorization", authorization)
                .header("Content-Type", "text/plain")
                .method(method, BodyPublishers.ofByteArray(value)));
        return switch (status) {
            case 200, 201, 204 -> new SecretAnswer.Stored();
            case 409 -> new SecretAnswer.AlreadyStored();
            case 401, 403 -> new SecretAnswer.Refused(SecretAnswer.Code.SMS_WRONG_SIGNER, status,
                    "the secret management service does not let " + key.address() + " store this secret:"
                            + " sign with the key of the app's, data set's or secret's owner");
            case 400, 413 -> new SecretAnswer.Refused(SecretAnswer.Code.SMS_BAD_SECRET, status,
                    "the secret management service does not take a secret of " + value.length
                            + " bytes under this name");
            default -> throw unexpected(status);
        };
    }

    private boolean exists(String path) {
        int status = send(HttpRequest.newBuilder(base.resolve(path)).method("HEAD", BodyPublishers.noBody()));
        return switch (status) {
            case 200, 204 -> true;
            case 404 -> false;
            default -> throw unexpected(status);
        };
    }

    private int send(HttpRequest.Builder request) {
        return http.send(request, IexecException.Code.SMS_UNAVAILABLE, "the secret management service").status();
    }

    private IexecException unexpected(int status) {
        return new IexecException(IexecException.Code.SMS_NONSENSE,
                "the secret management service at " + base.getHost() + " answered HTTP " + status
                        + ", which its interface does not know: check that the URL is one");
    }

    private static void requireName(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "a secret's name has 1 to 64 of the characters 0-9 A-Z a-z - _, unlike \"" + name + "\"");
        }
    }

    private static void requireLength(byte[] value) {
        if (value.length == 0 || value.length > MAX_SECRET_LENGTH) {
            throw new IllegalArgumentException(
                    "a secret has 1 to " + MAX_SECRET_LENGTH + " bytes, not " + value.length);
        }
    }
}
