package io.walnut.devnet.launch;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;

/**
 * Requests at a constant rate, whether or not the server keeps up. A request's time runs from the moment at
 * which it was due, so a server that stalls is charged for all that would have come meanwhile.
 */
final class OpenLoop {

    private static final Duration LIMIT = Duration.ofSeconds(15);

    private final HttpClient http;

    OpenLoop(HttpClient http) {
        this.http = http;
    }

    /**
     * @param errors requests without the expected status
     * @param firstError what the first of them got; null without one
     */
    record Outcome(int rate, int sent, int errors, String firstError, Duration median, Duration p99, Duration worst) {
    }

    /**
     * @param rate requests a second
     * @param count how many in all
     * @param expected the status of a good answer
     * @param request the request of a number from 0, made shortly before it is due
     */
    Outcome run(int rate, int count, int expected, IntFunction<HttpRequest.Builder> request) {
        long[] nanos = new long[count];
        var errors = new AtomicInteger();
        var firstError = new AtomicReference<String>();
        var open = new CountDownLatch(count);
        long start = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(50);
        for (int i = 0; i < count; i++) {
            int number = i;
            long due = start + number * TimeUnit.SECONDS.toNanos(1) / rate;
            HttpRequest made = request.apply(number).timeout(LIMIT).build();
            sleepUntil(due);
            http.sendAsync(made, BodyHandlers.ofString()).whenComplete((response, failure) -> {
                nanos[number] = System.nanoTime() - due;
                if (failure != null || response.statusCode() != expected) {
                    errors.incrementAndGet();
                    firstError.compareAndSet(null, failure == null ? shown(response) : failure.toString());
                }
                open.countDown();
            });
        }
        await(open);
        Arrays.sort(nanos);
        return new Outcome(rate, count, errors.get(), firstError.get(), at(nanos, 0.5), at(nanos, 0.99), at(nanos, 1));
    }

    private static String shown(HttpResponse<String> response) {
        return response.statusCode() + " " + response.body().substring(0, Math.min(200, response.body().length()));
    }

    private static Duration at(long[] sorted, double share) {
        return Duration.ofNanos(sorted[Math.max(0, (int) Math.ceil(share * sorted.length) - 1)]);
    }

    private static void sleepUntil(long due) {
        try {
            long left = due - System.nanoTime();
            if (left > 0) {
                TimeUnit.NANOSECONDS.sleep(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LaunchException("interrupted in the load bench", e);
        }
    }

    private static void await(CountDownLatch open) {
        try {
            if (!open.await(4 * LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                throw new LaunchException("requests of the load bench got no answer and no error");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LaunchException("interrupted in the load bench", e);
        }
    }
}
