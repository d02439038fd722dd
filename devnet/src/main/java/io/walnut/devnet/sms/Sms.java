package io.walnut.devnet.sms;

import io.walnut.contracts.Address;
import io.walnut.contracts.Bytes32;
import io.walnut.contracts.Hex;
import io.walnut.contracts.Keccak;
import io.walnut.devnet.http.HttpError;
import io.walnut.devnet.http.HttpService;
import io.walnut.devnet.http.Request;
import io.walnut.devnet.http.Response;
import io.walnut.devnet.poco.Hub;
import io.walnut.devnet.rpc.Signatures;
import io.walnut.devnet.fault.Faults;
import io.walnut.devnet.worker.Secrets;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.regex.Pattern;

/**
 * The Secret Management Service: keeps secrets for requesters, apps, datasets and beneficiaries, each
 * written only by its owner, who signs a challenge over the value. Nothing is ever read over HTTP. Kept in
 * memory.
 *
 * <p>Source: paths, challenges and status codes of iExec's SMS 9.3.1.
 */
public final class Sms implements Secrets {

    private static final byte[] DOMAIN = hash("IEXEC_SMS_DOMAIN".getBytes(StandardCharsets.US_ASCII));
    private static final Pattern NAME = Pattern.compile("[0-9A-Za-z_-]{1,64}");
    private static final int MAX_SECRET = 4096;
    private static final String APP_SECRET = "1";

    private enum Kind { REQUESTER, APP, WEB2, WEB3 }

    private record Key(Kind kind, Address owner, String name) {
    }

    private final ConcurrentMap<Key, byte[]> secrets = new ConcurrentHashMap<>();
    private final Hub hub;
    private final Faults faults;

    public Sms(Hub hub, Faults faults) {
        this.hub = hub;
        this.faults = faults;
    }

    public void addRoutes(HttpService http) {
        http.route("HEAD", "/requesters/{address}/secrets/{name}", request -> exists(requesterKey(request)));
        http.route("POST", "/requesters/{address}/secrets/{name}", this::addRequesterSecret);
        http.route("HEAD", "/apps/{address}/secrets", request -> exists(appKey(request)));
        http.route("POST", "/apps/{address}/secrets", this::addAppSecret);
        http.route("HEAD", "/secrets/web2", request -> exists(web2Key(request)));
        http.route("POST", "/secrets/web2", this::addWeb2Secret);
        http.route("PUT", "/secrets/web2", this::replaceWeb2Secret);
        http.route("HEAD", "/secrets/web3", request -> exists(web3Key(request)));
        http.route("POST", "/secrets/web3", this::addWeb3Secret);
        http.route("GET", "/up", request -> Response.empty(200));
    }

    /** What an app's developer would push; for the devnet's own app. */
    public void putAppSecret(Address app, byte[] secret) {
        secrets.put(new Key(Kind.APP, app, APP_SECRET), secret);
    }

    /** What a dataset's owner would push; for the devnet's own dataset. */
    public void putDatasetKey(Address dataset, byte[] base64Key) {
        secrets.put(new Key(Kind.WEB3, dataset, ""), base64Key);
    }

    @Override
    public Optional<byte[]> requesterSecret(Address requester, String name) {
        return find(new Key(Kind.REQUESTER, requester, name));
    }

    @Override
    public Optional<byte[]> appSecret(Address app) {
        return find(new Key(Kind.APP, app, APP_SECRET));
    }

    @Override
    public Optional<byte[]> datasetKey(Address dataset) {
        return find(new Key(Kind.WEB3, dataset, ""));
    }

    @Override
    public Optional<byte[]> web2Secret(Address owner, String name) {
        return find(new Key(Kind.WEB2, owner, name));
    }

    private Optional<byte[]> find(Key key) {
        return Optional.ofNullable(secrets.get(key));
    }

    private Response exists(Key key) {
        return Response.empty(secrets.containsKey(key) ? 204 : 404);
    }

    private Response addRequesterSecret(Request request) {
        Key key = requesterKey(request);
        if (request.body().length > MAX_SECRET) {
            throw new HttpError(400, "a requester secret has at most " + MAX_SECRET + " bytes");
        }
        return add(request, key, key.owner(), named(key, request.body()));
    }

    private Response addAppSecret(Request request) {
        Key key = appKey(request);
        if (request.body().length > MAX_SECRET) {
            throw new HttpError(400, "an app secret has at most " + MAX_SECRET + " bytes");
        }
        return add(request, key, registryOwner(key.owner()), named(key, request.body()));
    }

    private Response addWeb2Secret(Request request) {
        Key key = web2Key(request);
        refuseOversize(request);
        return add(request, key, key.owner(), named(key, request.body()));
    }

    private Response replaceWeb2Secret(Request request) {
        Key key = web2Key(request);
        refuseOversize(request);
        authorize(request, key.owner(), named(key, request.body()));
        return Response.empty(secrets.replace(key, request.body().clone()) == null ? 404 : 204);
    }

    private Response addWeb3Secret(Request request) {
        Key key = web3Key(request);
        refuseOversize(request);
        Bytes32 challenge = Keccak.hash(DOMAIN, key.owner().bytes(), hash(request.body()));
        return add(request, key, registryOwner(key.owner()), challenge);
    }

    private Response add(Request request, Key key, Address owner, Bytes32 challenge) {
        authorize(request, owner, challenge);
        return Response.empty(secrets.putIfAbsent(key, request.body().clone()) == null ? 204 : 409);
    }

    private static Bytes32 named(Key key, byte[] value) {
        return Keccak.hash(DOMAIN, key.owner().bytes(), hash(key.name().getBytes(StandardCharsets.UTF_8)), hash(value));
    }

    private static void authorize(Request request, Address owner, Bytes32 challenge) {
        byte[] signature;
        try {
            signature = Hex.decode(request.header("authorization"));
        } catch (IllegalArgumentException e) {
            throw new HttpError(401, "the Authorization header must be a signature");
        }
        if (!Signatures.signerOfMessage(challenge.bytes(), signature).equals(Optional.of(owner))) {
            throw new HttpError(401, "the signature is not that of the owner over this value");
        }
    }

    private Address registryOwner(Address entry) {
        return hub.ownerOf(entry).orElseThrow(() -> new HttpError(401, "no app or dataset is registered at " + entry));
    }

    private Key requesterKey(Request request) {
        return new Key(Kind.REQUESTER, inPath(request), name(request.path().get("name")));
    }

    private Key appKey(Request request) {
        return new Key(Kind.APP, inPath(request), APP_SECRET);
    }

    private Key web2Key(Request request) {
        refuseOnFault();
        return new Key(Kind.WEB2, Request.address(request.parameter("ownerAddress")),
                name(request.parameter("secretName")));
    }

    private Key web3Key(Request request) {
        refuseOnFault();
        return new Key(Kind.WEB3, Request.address(request.parameter("secretAddress")), "");
    }

    private Address inPath(Request request) {
        refuseOnFault();
        return Request.address(request.path().get("address"));
    }

    private static String name(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new HttpError(400, "a secret's name has 1 to 64 letters, digits, - or _");
        }
        return name;
    }

    private static void refuseOversize(Request request) {
        if (request.body().length > MAX_SECRET) {
            throw new HttpError(413, "a secret has at most " + MAX_SECRET + " bytes");
        }
    }

    private void refuseOnFault() {
        if (faults.isOn(Faults.Fault.SMS_REFUSES)) {
            throw new HttpError(503, "the SMS refuses because the fault switch says so");
        }
    }

    private static byte[] hash(byte[] value) {
        return Keccak.hash(value).bytes();
    }
}
