package io.walnut.devnet.poco;

import static io.walnut.devnet.rpc.Abi.address;
import static io.walnut.devnet.rpc.Abi.string;
import static io.walnut.devnet.rpc.Abi.uint;

import io.walnut.contracts.Address;
import io.walnut.devnet.rpc.Abi;
import io.walnut.devnet.rpc.Account;
import io.walnut.devnet.rpc.Transactions;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.web3j.abi.datatypes.DynamicArray;
import org.web3j.abi.datatypes.DynamicBytes;
import org.web3j.abi.datatypes.DynamicStruct;
import org.web3j.abi.datatypes.Type;
import org.web3j.abi.datatypes.generated.Bytes4;
import org.web3j.abi.datatypes.generated.Uint8;

/**
 * Puts the real iExec contracts on a fresh chain, from the bytecode in npm {@code @iexec/poco}: the RLC
 * token, the diamond with its facets, the three registries, the configuration and the five categories.
 * Contract addresses follow from sender and nonce, so everything goes out at once and is mined in one block.
 */
public final class PocoDeployment {

    private static final List<String> FACETS = List.of("IexecAccessorsABILegacyFacet", "IexecCategoryManagerFacet",
            "IexecConfigurationExtraFacet", "IexecConfigurationFacet", "IexecERC20Facet", "IexecEscrowTokenFacet",
            "IexecOrderManagementFacet", "IexecPoco1Facet", "IexecPoco2Facet", "IexecPocoAccessorsFacet",
            "IexecRelayFacet");
    private static final List<String> DIAMOND_FACETS =
            List.of("DiamondCutFacet", "DiamondLoupeFacet", "OwnershipFacet");
    private static final String LIBRARY = "IexecLibOrders_v5";
    private static final int RLC_DECIMALS = 9;
    private static final int ADD = 0;
    private static final long CALLBACK_GAS = 200_000;
    private static final BigInteger GRANT = BigInteger.TEN.pow(6 + RLC_DECIMALS);

    private final Path npm;
    private final Account owner;
    private final Transactions.Batch batch;

    /** @param npm the folder that holds {@code node_modules} */
    public PocoDeployment(Path npm, Account owner, Transactions.Batch batch) {
        this.npm = npm;
        this.owner = owner;
        this.batch = batch;
    }

    /**
     * Adds the deployment to the batch; nothing is on chain before the batch is mined.
     *
     * @param granted each gets a million RLC
     */
    public PocoContracts deploy(List<Address> granted) {
        Address rlc = create(Artifact.of(npm.resolve("node_modules/rlc-faucet-contract/build/contracts/RLC.json")));
        Address hub = diamond();
        Address library = create(artifact("libs", LIBRARY));
        cut(hub, FACETS.stream().map(name -> facet(artifact("facets", name), Map.of(LIBRARY, library))).toList());
        Address apps = registry("apps", "AppRegistry", "app");
        Address datasets = registry("datasets", "DatasetRegistry", "dataset");
        Address workerpools = registry("workerpools", "WorkerpoolRegistry", "workerpool");
        call(hub, "configure(address,string,string,uint8,address,address,address,address)", address(rlc),
                string("Staked RLC"), string("SRLC"), new Uint8(RLC_DECIMALS), address(apps), address(datasets),
                address(workerpools), address(Address.ZERO));
        categories(hub);
        call(hub, "setCallbackGas(uint256)", uint(CALLBACK_GAS));
        granted.forEach(account -> call(rlc, "transfer(address,uint256)", address(account), uint(GRANT)));
        return new PocoContracts(hub, rlc, apps, datasets, workerpools);
    }

    private Address diamond() {
        Address init = create(deployed("DiamondInit"));
        List<DynamicStruct> cuts = DIAMOND_FACETS.stream().map(name -> facet(deployed(name), Map.of())).toList();
        return create(artifact("", "Diamond"), new DynamicArray<>(DynamicStruct.class, cuts),
                new DynamicStruct(address(owner.address()), address(init), new DynamicBytes(Abi.selector("init()"))));
    }

    private DynamicStruct facet(Artifact artifact, Map<String, Address> libraries) {
        Address facet = batch.create(owner, artifact.initCode(libraries));
        List<Bytes4> selectors = artifact.selectors().stream().map(Bytes4::new).toList();
        return new DynamicStruct(address(facet), new Uint8(ADD), new DynamicArray<>(Bytes4.class, selectors));
    }

    private void cut(Address hub, List<DynamicStruct> facets) {
        call(hub, "diamondCut((address,uint8,bytes4[])[],address,bytes)",
                new DynamicArray<>(DynamicStruct.class, facets), address(Address.ZERO), new DynamicBytes(new byte[0]));
    }

    private Address registry(String folder, String name, String kind) {
        Address registry = create(artifact("registries/" + folder, name));
        call(registry, "initialize(address)", address(Address.ZERO));
        call(registry, "setBaseURI(string)", string("https://nfts-metadata.iex.ec/" + kind + "/"));
        return registry;
    }

    private void categories(Address hub) {
        var seconds = new ArrayList<>(List.of(300, 1200, 3600, 10_800, 36_000));
        for (String name : List.of("XS", "S", "M", "L", "XL")) {
            call(hub, "createCategory(string,string,uint256)", string(name), string("\"\""),
                    uint(seconds.removeFirst()));
        }
    }

    private Address create(Artifact artifact, Type<?>... values) {
        return batch.create(owner, artifact.initCode(Map.of(), values));
    }

    private void call(Address to, String signature, Type<?>... values) {
        batch.call(owner, to, Abi.call(signature, values));
    }

    private Artifact artifact(String folder, String name) {
        return Artifact.of(npm.resolve("node_modules/@iexec/poco/artifacts/contracts").resolve(folder)
                .resolve(name + ".sol").resolve(name + ".json"));
    }

    /** The diamond's own facets come compiled only with a network's deployment. */
    private Artifact deployed(String name) {
        return Artifact.of(npm.resolve("node_modules/@iexec/poco/deployments/arbitrumSepolia/" + name + ".json"));
    }
}
