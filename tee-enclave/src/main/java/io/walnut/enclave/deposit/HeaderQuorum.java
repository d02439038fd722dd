package io.walnut.enclave.deposit;

import io.walnut.contracts.Bytes32;
import io.walnut.enclave.RefusalCode;
import io.walnut.enclave.Refused;
import io.walnut.enclave.chain.BlockHeader;
import io.walnut.enclave.input.Configuration;
import io.walnut.enclave.input.Finality;
import io.walnut.enclave.rpc.Answer;
import io.walnut.enclave.rpc.Fault;
import io.walnut.enclave.rpc.Provider;
import io.walnut.enclave.rpc.ProviderFault;
import io.walnut.enclave.rpc.ProviderPool;
import java.math.BigInteger;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds a final header on which a quorum of the providers agrees. The height is the quorum-th highest
 * that they report: with fewer liars than the quorum it is never above what an honest provider holds
 * final, and with a quorum of honest ones it is never below the lowest of theirs.
 */
public final class HeaderQuorum {

    private final ProviderPool pool;
    private final Configuration configuration;
    private final int quorum;

    HeaderQuorum(ProviderPool pool, Configuration configuration) {
        this.pool = pool;
        this.configuration = configuration;
        this.quorum = configuration.quorum();
    }

    /** @param header agreed on by all of {@code providers}, at least a quorum */
    public record Agreed(BlockHeader header, List<Provider> providers) {
    }

    /** @param header absent where the height follows from the head */
    private record FinalHeight(long height, Optional<BlockHeader> header) {
    }

    Agreed agree() throws Refused {
        // All are waited for: ending early would let a fast liar with an old head choose the height.
        List<Answer<FinalHeight>> heights = pool.ask(pool.providers(), this::finalHeight, answers -> false);
        List<Answer.Given<FinalHeight>> given = requireQuorum(heights);
        long height = quorumHighest(given);
        if (height < 0) {
            throw new Refused(RefusalCode.CHAIN_TOO_SHORT);
        }
        Map<Provider, FinalHeight> known = new HashMap<>();
        given.forEach(answer -> known.put(answer.provider(), answer.value()));
        List<Answer<BlockHeader>> headers = pool.ask(List.copyOf(known.keySet()),
                provider -> headerAt(provider, height, known.get(provider)),
                answers -> agreement(given(answers)).isPresent());
        return agreement(requireQuorum(headers)).orElseThrow(() -> new Refused(RefusalCode.PROVIDERS_DISAGREE));
    }

    private FinalHeight finalHeight(Provider provider) throws ProviderFault {
        if (!provider.chainId().equals(BigInteger.valueOf(configuration.domain().chainId()))) {
            throw new ProviderFault(Fault.WRONG_CHAIN);
        }
        return switch (configuration.finality()) {
            case Finality.Finalized() -> {
                BlockHeader header = provider.finalizedHeader();
                yield new FinalHeight(header.number(), Optional.of(header));
            }
            case Finality.Depth(int blocks) -> new FinalHeight(provider.head() - blocks, Optional.empty());
        };
    }

    private static BlockHeader headerAt(Provider provider, long height, FinalHeight known) throws ProviderFault {
        boolean same = known.header().isPresent() && known.height() == height;
        return same ? known.header().get() : provider.headerAt(height);
    }

    private long quorumHighest(List<Answer.Given<FinalHeight>> given) {
        return given.stream().map(answer -> answer.value().height())
                .sorted(Comparator.reverseOrder()).skip(quorum - 1L).findFirst().orElseThrow();
    }

    /** More than half of the providers make a quorum, so there is never a second one. */
    private Optional<Agreed> agreement(List<Answer.Given<BlockHeader>> given) {
        Map<Bytes32, Integer> votes = new HashMap<>();
        for (Answer.Given<BlockHeader> answer : given) {
            if (votes.merge(answer.value().hash(), 1, Integer::sum) == quorum) {
                return Optional.of(agreed(given, answer.value()));
            }
        }
        return Optional.empty();
    }

    private static Agreed agreed(List<Answer.Given<BlockHeader>> given, BlockHeader header) {
        return new Agreed(header, given.stream()
                .filter(answer -> answer.value().hash().equals(header.hash()))
                .map(Answer.Given::provider).toList());
    }

    private <T> List<Answer.Given<T>> requireQuorum(List<Answer<T>> answers) throws Refused {
        List<Answer.Given<T>> given = given(answers);
        if (given.size() >= quorum) {
            return given;
        }
        throw new Refused(reason(answers));
    }

    /** Why there is no quorum: the first of three hurdles that fewer than a quorum have passed. */
    private <T> RefusalCode reason(List<Answer<T>> answers) {
        long unreachable = failed(answers, Fault.UNREACHABLE) + failed(answers, Fault.DECLINED);
        if (answers.size() - unreachable < quorum) {
            return RefusalCode.PROVIDERS_UNREACHABLE;
        }
        boolean wrongChain = answers.size() - unreachable - failed(answers, Fault.WRONG_CHAIN) < quorum;
        return wrongChain ? RefusalCode.PROVIDERS_WRONG_CHAIN : RefusalCode.PROVIDERS_ANSWER_INVALID;
    }

    private static <T> long failed(List<Answer<T>> answers, Fault fault) {
        return answers.stream()
                .filter(answer -> answer instanceof Answer.Failed<T> failed && failed.fault() == fault).count();
    }

    private static <T> List<Answer.Given<T>> given(List<Answer<T>> answers) {
        return answers.stream().filter(Answer.Given.class::isInstance)
                .map(answer -> (Answer.Given<T>) answer).toList();
    }
}
