package io.walnut.enclave.rpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import io.walnut.contracts.EnclaveResult;
import io.walnut.contracts.EscrowDomain;
import io.walnut.enclave.AnvilChain;
import io.walnut.enclave.Enclave;
import io.walnut.enclave.RefusalCode;
import io.walnut.enclave.Steps;
import io.walnut.enclave.TaskFixture;
import io.walnut.enclave.signing.SigningLibrary;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Three providers, two needed; a real chain with a real deposit behind those that are honest. */
class LyingProvidersTest {

    private static final RpcLimits LIMITS = new RpcLimits(Duration.ofMillis(1_800), Duration.ofSeconds(2), 1_048_576);

    private static AnvilChain chain;
    private static TaskFixture task;

    @BeforeAll
    static void deposit(@TempDir Path directory) {
        chain = AnvilChain.start();
        // A block before the escrow: anvil's genesis header does not hold its state root.
        chain.mine(1);
        task = TaskFixture.of(directory, new EscrowDomain(AnvilChain.CHAIN_ID, chain.deployEscrow()), 3);
        chain.deposit(task.domain.escrow(), task.deposit);
        chain.mine(5);
    }

    @AfterAll
    static void stop() {
        chain.close();
    }

    @Test
    void threeHonestProvidersLeadToSignatures() {
        task.dataset(chain.urls(3), 2);
        assertInstanceOf(EnclaveResult.Signed.class, run());
    }

    @ParameterizedTest
    @EnumSource
    void oneLiarOfThreeChangesNothing(Lie lie) throws IOException {
        try (ScriptedProvider liar = lie.start(chain)) {
            for (int place = 0; place < 3; place++) {
                var urls = new ArrayList<>(chain.urls(2));
                urls.add(place, liar.url());
                task.dataset(urls, 2);
                assertInstanceOf(EnclaveResult.Signed.class, run(), "as provider " + place);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void liarsWithoutAQuorumOfHonestOnesNeverLeadToASignature(Lie lie) throws IOException {
        if (lie.isAboutProofs() || lie.refusal == null) {
            return;
        }
        try (ScriptedProvider first = lie.start(chain); ScriptedProvider second = lie.start(chain)) {
            task.dataset(List.of(first.url(), second.url(), chain.urls(1).get(0)), 2);
            assertEquals(lie.refusal.name(), refusal());
        }
    }

    @ParameterizedTest
    @EnumSource
    void lyingByAllIsRefusedWithItsCode(Lie lie) throws IOException {
        if (lie.refusal == null) {
            return;
        }
        try (ScriptedProvider first = lie.start(chain); ScriptedProvider second = lie.start(chain);
                ScriptedProvider third = lie.start(chain)) {
            task.dataset(List.of(first.url(), second.url(), third.url()), 2);
            assertEquals(lie.refusal.name(), refusal());
        }
    }

    @Test
    void anOldHeadOfAllHidesTheDepositAndForgesNothing() throws IOException {
        try (ScriptedProvider first = Lie.STAYS_AT_AN_OLD_HEAD.start(chain);
                ScriptedProvider second = Lie.STAYS_AT_AN_OLD_HEAD.start(chain)) {
            task.dataset(List.of(first.url(), second.url()), 2);
            assertEquals(RefusalCode.ESCROW_NOT_FOUND.name(), refusal());
        }
    }

    @Test
    void aPortWhereNobodyListensIsAProviderLess() throws IOException {
        String nobody;
        try (ScriptedProvider closed = Lie.HANGS_UP.start(chain)) {
            nobody = closed.url();
        }
        task.dataset(List.of(chain.urls(1).get(0), nobody, chain.urls(2).get(1)), 2);
        assertInstanceOf(EnclaveResult.Signed.class, run());
        task.dataset(List.of(chain.urls(1).get(0), nobody), 2);
        assertEquals(RefusalCode.PROVIDERS_UNREACHABLE.name(), refusal());
    }

    @Test
    void hangingProvidersCostNoMoreThanTheRoundsAllowed() throws IOException {
        try (ScriptedProvider first = Lie.NEVER_ANSWERS.start(chain); ScriptedProvider second = Lie.DRIPS.start(chain);
                ScriptedProvider third = Lie.DRIPS_IN_THE_HEADERS.start(chain)) {
            task.dataset(List.of(first.url(), second.url(), third.url()), 2);
            Thread waiting = Thread.ofPlatform().start(() -> assertNotNull(run()));
            // Three rounds are the most that there are; ten limits are beyond any doubt a hang.
            waiting.join(LIMITS.round().multipliedBy(10));
            assertEquals(Thread.State.TERMINATED, waiting.getState());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String refusal() {
        return assertInstanceOf(EnclaveResult.Refused.class, run()).code();
    }

    private static EnclaveResult run() {
        return new Enclave(task.environment(), SigningLibrary.LIBSECP256K1, LIMITS, Steps.IGNORED).run();
    }
}
