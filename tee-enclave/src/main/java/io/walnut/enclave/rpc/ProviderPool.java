package io.walnut.enclave.rpc;

import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * Asks several providers the same question at the same time. A provider that hangs costs one daemon thread,
 * which ends with the process, and never more than {@link RpcLimits#round}.
 */
public final class ProviderPool {

    private final List<Provider> providers;
    private final RpcLimits limits;

    public ProviderPool(List<URI> endpoints, RpcLimits limits) {
        this.providers = endpoints.stream().map(endpoint -> new Provider(endpoint, limits)).toList();
        this.limits = limits;
    }

    /** A question to one provider. */
    public interface Question<T> {
        T ask(Provider provider) throws ProviderFault;
    }

    public List<Provider> providers() {
        return providers;
    }

    /**
     * @param enough ends the waiting early; is given the answers so far
     * @return one answer for each of {@code asked}; those without one in time are {@link Fault#UNREACHABLE}
     */
    public <T> List<Answer<T>> ask(List<Provider> asked, Question<T> question, Predicate<List<Answer<T>>> enough) {
        long deadline = System.nanoTime() + limits.round().toNanos();
        BlockingQueue<Answer<T>> arriving = new LinkedBlockingQueue<>();
        for (Provider provider : asked) {
            Thread.ofPlatform().daemon().start(() -> arriving.add(answer(provider, question)));
        }
        var answers = new ArrayList<Answer<T>>();
        while (answers.size() < asked.size() && !enough.test(answers)) {
            Answer<T> next = poll(arriving, deadline);
            if (next == null) {
                break;
            }
            answers.add(next);
        }
        return withSilent(asked, answers);
    }

    private static <T> Answer<T> answer(Provider provider, Question<T> question) {
        try {
            return new Answer.Given<>(provider, question.ask(provider));
        } catch (ProviderFault e) {
            return new Answer.Failed<>(provider, e.fault());
        } catch (RuntimeException | Error e) {
            // Whatever a hostile answer provokes is that provider's fault and nobody else's.
            return new Answer.Failed<>(provider, Fault.MALFORMED);
        }
    }

    private static <T> Answer<T> poll(BlockingQueue<Answer<T>> arriving, long deadline) {
        try {
            return arriving.poll(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        }
    }

    private static <T> List<Answer<T>> withSilent(List<Provider> asked, List<Answer<T>> answers) {
        Set<Provider> heard = new HashSet<>();
        answers.forEach(answer -> heard.add(answer.provider()));
        var all = new ArrayList<>(answers);
        asked.stream().filter(provider -> !heard.contains(provider))
                .forEach(provider -> all.add(new Answer.Failed<>(provider, Fault.UNREACHABLE)));
        return all;
    }
}
