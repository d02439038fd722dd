package io.walnut.ejb.iexec.dataset;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.walnut.ejb.iexec.Http;
import io.walnut.ejb.iexec.IexecException;
import io.walnut.ejb.iexec.IexecException.Code;
import io.walnut.ejb.iexec.result.ResultLocation;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.HexFormat;

/** An IPFS node that takes files over its HTTP interface ({@code /api/v0/add}), as the network's does. */
public final class UploadNode {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final URI base;
    private final Http http;

    public UploadNode(URI base, Http http) {
        this.base = base;
        this.http = http;
    }

    /**
     * Storing the same bytes again gives the same place.
     *
     * @throws IexecException UPLOAD_FAILED
     */
    public ResultLocation store(byte[] file) {
        byte[] random = new byte[16];
        new SecureRandom().nextBytes(random);
        String boundary = HexFormat.of().formatHex(random);
        var request = HttpRequest.newBuilder(base.resolve("/api/v0/add?cid-version=0&progress=false"))
                .header("Content-Type", "multipart/form-data; boundary=" + boundary)
                .POST(BodyPublishers.ofByteArray(multipart(file, boundary)));
        Http.Answer answer = http.send(request, Code.UPLOAD_FAILED, "the upload node");
        try {
            JsonNode json = JSON.readTree(answer.body());
            return new ResultLocation("/ipfs/" + json.path("Hash").asText());
        } catch (IOException | IllegalArgumentException e) {
            throw new IexecException(Code.UPLOAD_FAILED, "the upload node at " + base.getHost() + " answered HTTP "
                    + answer.status() + " without a CID: check that the URL is an IPFS node's", e);
        }
    }

    private static byte[] multipart(byte[] file, String boundary) {
        var body = new ByteArrayOutputStream(file.length + 256);
        body.writeBytes(("--" + boundary + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"file\"\r\n"
                + "Content-Type: application/octet-stream\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
        body.writeBytes(file);
        body.writeBytes(("\r\n--" + boundary + "--\r\n").getBytes(StandardCharsets.US_ASCII));
        return body.toByteArray();
    }
}
