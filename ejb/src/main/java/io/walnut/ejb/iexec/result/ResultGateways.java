package io.walnut.ejb.iexec.result;

import io.walnut.ejb.iexec.Http;
import io.walnut.ejb.iexec.IexecException;

import java.net.URI;
import java.net.http.HttpRequest;
import java.util.ArrayList;
import java.util.List;

/** Downloads results from the first gateway that has them. */
public final class ResultGateways {

    private final List<URI> gateways;
    private final int rounds;
    private final Http http;

    /**
     * @param gateways in the order they are asked
     * @param rounds how often all of them are asked before giving up for this time
     */
    public ResultGateways(List<URI> gateways, int rounds, Http http) {
        if (gateways.isEmpty()) {
            throw new IllegalArgumentException("at least one result gateway is needed");
        }
        this.gateways = List.copyOf(gateways);
        this.rounds = rounds;
        this.http = http;
    }

    /** What a download gave. */
    public sealed interface Download {

        record Archive(byte[] bytes) implements Download {
        }

        /**
         * No gateway has it now. Content spreads slowly, so ask again later.
         *
         * @param attempts one line for each, "gateway: what it answered"
         */
        record NotAvailable(List<String> attempts) implements Download {
        }
    }

    public Download fetch(ResultLocation location) {
        var attempts = new ArrayList<String>();
        for (int round = 0; round < rounds; round++) {
            for (URI gateway : gateways) {
                try {
                    var request = HttpRequest.newBuilder(gateway.resolve(location.path()))
                            .header("Accept", "application/zip");
                    Http.Answer answer = http.send(request, IexecException.Code.GATEWAY_UNAVAILABLE, "the result gateway",
                            ResultArchive.MAX_ARCHIVE_LENGTH);
                    if (answer.isOk() && answer.body().length > 0) {
                        return new Download.Archive(answer.body());
                    }
                    attempts.add(gateway.getHost() + ": HTTP " + answer.status());
                } catch (IexecException e) {
                    attempts.add(gateway.getHost() + ": " + e.getMessage());
                }
            }
        }
        return new Download.NotAvailable(attempts);
    }
}
