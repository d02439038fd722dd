package io.walnut.ejb.iexec;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow.Subscription;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * HTTP with what every party here needs: a limit on the time of a whole exchange and on the size of an
 * answer, and server errors turned into the party's "unavailable". Bodies and headers never appear in
 * messages, for some are secrets. Redirects are not followed: an authorization must not travel to another
 * host. Safe for threads.
 */
public final class Http implements AutoCloseable {

    /** An answer longer than this is refused, unless the caller sets another limit. */
    public static final int DEFAULT_LIMIT = 4 << 20;

    private final HttpClient client;
    private final Duration timeout;
    private final AtomicLong requests = new AtomicLong();

    /** @param body empty where there was none */
    public record Answer(int status, byte[] body) {

        public boolean isOk() {
            return status >= 200 && status < 300;
        }
    }

    /** @param timeout for one exchange, from connecting to the answer's last byte */
    public Http(Duration timeout) {
        this.timeout = timeout;
        this.client = HttpClient.newBuilder().connectTimeout(timeout).followRedirects(Redirect.NEVER).build();
    }

    public Answer send(HttpRequest.Builder request, IexecException.Code unavailable, String party) {
        return send(request, unavailable, party, DEFAULT_LIMIT);
    }

    /**
     * @param unavailable the code when nothing answers, or with 429 or a server error
     * @param party who is asked, for the message
     * @param limit the most bytes of an answer
     */
    public Answer send(HttpRequest.Builder request, IexecException.Code unavailable, String party, int limit) {
        requests.incrementAndGet();
        HttpRequest built = request.build();
        String where = party + " at " + built.uri().getHost();
        var exchange = client.sendAsync(built, head -> new LimitedBody(limit));
        try {
            HttpResponse<byte[]> response = exchange.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
            if (response.statusCode() >= 500 || response.statusCode() == 429) {
                throw new IexecException(unavailable, where + " answered HTTP " + response.statusCode());
            }
            return new Answer(response.statusCode(), response.body());
        } catch (TimeoutException e) {
            throw new IexecException(unavailable, where + " did not answer in " + timeout.toSeconds() + " s");
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            String why = cause instanceof AnswerTooLong ? cause.getMessage() : cause.getClass().getSimpleName();
            throw new IexecException(unavailable, where + " gave no usable answer: " + why, cause);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IexecException(unavailable, "interrupted while waiting for " + where, e);
        } finally {
            exchange.cancel(true);
        }
    }

    /** How many requests were sent since this was made: for tests and benchmarks. */
    public long requests() {
        return requests.get();
    }

    @Override
    public void close() {
        client.close();
    }

    private static final class AnswerTooLong extends IOException {
        private static final long serialVersionUID = 1L;

        AnswerTooLong(int limit) {
            super("longer than " + limit + " bytes");
        }
    }

    /** Collects a body and gives up, before storing it, on the first byte over the limit. */
    private static final class LimitedBody implements BodySubscriber<byte[]> {

        private final BodySubscriber<byte[]> whole = BodySubscribers.ofByteArray();
        private final CompletableFuture<byte[]> body = new CompletableFuture<>();
        private final int limit;
        private Subscription subscription;
        private long received;

        LimitedBody(int limit) {
            this.limit = limit;
            whole.getBody().whenComplete((bytes, failure) -> {
                if (failure == null) {
                    body.complete(bytes);
                } else {
                    body.completeExceptionally(failure);
                }
            });
        }

        @Override
        public CompletionStage<byte[]> getBody() {
            return body;
        }

        @Override
        public void onSubscribe(Subscription subscription) {
            this.subscription = subscription;
            whole.onSubscribe(subscription);
        }

        @Override
        public void onNext(List<ByteBuffer> buffers) {
            received += buffers.stream().mapToLong(ByteBuffer::remaining).sum();
            if (received > limit) {
                subscription.cancel();
                body.completeExceptionally(new AnswerTooLong(limit));
            } else {
                whole.onNext(buffers);
            }
        }

        @Override
        public void onError(Throwable failure) {
            whole.onError(failure);
        }

        @Override
        public void onComplete() {
            whole.onComplete();
        }
    }
}
