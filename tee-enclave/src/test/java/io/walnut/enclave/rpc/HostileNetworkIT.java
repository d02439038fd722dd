package io.walnut.enclave.rpc;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.walnut.contracts.EscrowDomain;
import io.walnut.enclave.AnvilChain;
import io.walnut.enclave.EnclaveProcess;
import io.walnut.enclave.TaskFixture;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The packaged jar, with the small heap that the image gives it, on a network that means it ill. */
class HostileNetworkIT {

    @TempDir
    private Path directory;
    private AnvilChain chain;
    private TaskFixture task;

    @BeforeEach
    void deposit() {
        chain = AnvilChain.start();
        task = TaskFixture.of(directory, new EscrowDomain(AnvilChain.CHAIN_ID, chain.deployEscrow()), 3);
        chain.deposit(task.domain.escrow(), task.deposit);
        chain.mine(5);
    }

    @AfterEach
    void stop() {
        chain.close();
    }

    /** Four hostile providers beside five honest ones: nine are the most that a dataset may name. */
    @ParameterizedTest
    @EnumSource(names = {"SENDS_A_GIGABYTE", "SENDS_CHUNKS_WITHOUT_END", "SENDS_HEADERS_WITHOUT_END", "SENDS_A_GZIP_BOMB",
        "ANSWERS_DEEP_JSON", "ANSWERS_A_LONG_STRING"})
    void floodsDoNotExhaustASmallHeap(Lie lie) throws Exception {
        var liars = new ArrayList<ScriptedProvider>();
        try {
            var urls = new ArrayList<>(chain.urls(5));
            for (int i = 0; i < 4; i++) {
                liars.add(lie.start(chain));
                urls.add(2 * i, liars.get(i).url());
            }
            task.dataset(urls, 5);
            assertEquals(new EnclaveProcess(0, "SIGNED\n", ""), run());
        } finally {
            for (ScriptedProvider liar : liars) {
                liar.close();
            }
        }
    }

    @Test
    void aProviderWithACertificateThatNobodyVouchesForIsNoProvider() throws Exception {
        try (TlsProvider provider = TlsProvider.start(chain, "localhost", directory)) {
            task.dataset(List.of(provider.url()), 1);
            assertEquals(new EnclaveProcess(0, "PROVIDERS_UNREACHABLE\n", ""), run());
            assertEquals(new EnclaveProcess(0, "SIGNED\n", ""), run(provider.trustOptions()));
        }
    }

    @Test
    void aProviderWithAnotherHostsCertificateIsNoProvider() throws Exception {
        try (TlsProvider provider = TlsProvider.start(chain, "other.example", directory)) {
            task.dataset(List.of(provider.url()), 1);
            assertEquals(new EnclaveProcess(0, "PROVIDERS_UNREACHABLE\n", ""), run(provider.trustOptions()));
        }
    }

    private EnclaveProcess run(String... options) throws IOException, InterruptedException {
        return EnclaveProcess.run(task.variables(), List.of(), List.of(options), directory);
    }
}
