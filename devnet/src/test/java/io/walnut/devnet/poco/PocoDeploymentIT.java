package io.walnut.devnet.poco;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.walnut.contracts.Address;
import io.walnut.devnet.anvil.Anvil;
import io.walnut.devnet.rpc.Abi;
import io.walnut.devnet.rpc.AbiReader;
import io.walnut.devnet.rpc.Account;
import io.walnut.devnet.rpc.Transactions;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PocoDeploymentIT {

    private static final long CHAIN_ID = 65_535;

    @Test
    void realContractsAnswerOnAFreshChain(@TempDir Path dir) {
        try (Anvil anvil = Anvil.start(Path.of(""), CHAIN_ID, 0, 2, dir.resolve("anvil.log"))) {
            var batch = new Transactions(anvil.rpc(), CHAIN_ID).batch();
            Address rich = Account.ofIndex(5).address();
            PocoContracts poco = new PocoDeployment(Path.of(""), Account.ofIndex(0), batch).deploy(List.of(rich));
            batch.mine();

            assertEquals(5, uint(anvil, poco.hub(), Abi.call("countCategory()")));
            assertEquals(poco.rlc(), AbiReader.of(anvil.rpc().ethCall(poco.hub(), Abi.call("token()"))).address(0));
            assertEquals(poco.appRegistry(),
                    AbiReader.of(anvil.rpc().ethCall(poco.hub(), Abi.call("appregistry()"))).address(0));
            assertEquals(1_000_000_000_000_000L,
                    uint(anvil, poco.rlc(), Abi.call("balanceOf(address)", Abi.address(rich))));
            AbiReader domain = AbiReader.of(anvil.rpc().ethCall(poco.hub(), Abi.call("domain()"))).tuple(0);
            assertEquals("iExecODB", domain.string(0));
            assertEquals(CHAIN_ID, domain.uint(2).longValueExact());
        }
    }

    private static long uint(Anvil anvil, Address contract, byte[] call) {
        return AbiReader.of(anvil.rpc().ethCall(contract, call)).uint(0).longValueExact();
    }
}
