package io.walnut.devnet.store;

import io.walnut.devnet.http.HttpError;
import io.walnut.devnet.http.HttpService;
import io.walnut.devnet.http.Request;
import io.walnut.devnet.http.Response;
import io.walnut.devnet.fault.Faults;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Files by content, as an IPFS gateway ({@code GET /ipfs/CID}) and as an IPFS node that takes uploads
 * ({@code POST /api/v0/add}) show them. Kept in a folder.
 */
public final class IpfsStore {

    private static final Pattern CID = Pattern.compile("[1-9A-HJ-NP-Za-km-z]{46}");
    private static final Pattern BOUNDARY = Pattern.compile("boundary=\"?([^\";]+)");

    private final Path folder;
    private final Faults faults;

    public IpfsStore(Path folder, Faults faults) {
        this.folder = folder;
        this.faults = faults;
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public void addRoutes(HttpService http) {
        http.route("GET", "/ipfs/{cid}", this::get);
        http.route("POST", "/api/v0/add", this::upload);
    }

    /** @return the CID */
    public String add(byte[] file) {
        String cid = Cid.of(file);
        try {
            Files.write(folder.resolve(cid), file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return cid;
    }

    public Optional<byte[]> find(String cid) {
        Path file = folder.resolve(CID.matcher(cid).matches() ? cid : "none");
        try {
            return Files.isRegularFile(file) ? Optional.of(Files.readAllBytes(file)) : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public void remove(String cid) {
        try {
            Files.deleteIfExists(folder.resolve(cid));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Response get(Request request) {
        if (faults.isOn(Faults.Fault.GATEWAY_FAILS)) {
            throw new HttpError(500, "the gateway fails because the fault switch says so");
        }
        return find(request.path().get("cid")).map(file -> new Response(200, "application/octet-stream", file))
                .orElseThrow(() -> new HttpError(404, "no such file"));
    }

    private Response upload(Request request) {
        byte[] file = onlyPart(request);
        String cid = add(file);
        return Response.json(Map.of("Name", cid, "Hash", cid, "Size", Integer.toString(file.length)));
    }

    /** The content of the one part of a multipart/form-data body. */
    private static byte[] onlyPart(Request request) {
        Matcher boundary = BOUNDARY.matcher(request.header("content-type"));
        if (!boundary.find()) {
            throw new HttpError(400, "expected a multipart/form-data body");
        }
        // ISO 8859-1 maps each byte to one character and back.
        String body = new String(request.body(), StandardCharsets.ISO_8859_1);
        int start = body.indexOf("\r\n\r\n");
        int end = body.indexOf("\r\n--" + boundary.group(1), start);
        if (start < 0 || end < start + 4) {
            throw new HttpError(400, "the multipart/form-data body has no file");
        }
        return body.substring(start + 4, end).getBytes(StandardCharsets.ISO_8859_1);
    }
}
