package io.walnut.devnet.orderbook;

import io.walnut.contracts.Bytes32;
import io.walnut.contracts.Keccak;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The four orders of PoCo with their EIP-712 members. */
public enum OrderKind {

    APP("AppOrder", "app", "apporder", "appprice", List.of("address app", "uint256 appprice", "uint256 volume",
            "bytes32 tag", "address datasetrestrict", "address workerpoolrestrict", "address requesterrestrict",
            "bytes32 salt")),
    DATASET("DatasetOrder", "dataset", "datasetorder", "datasetprice", List.of("address dataset",
            "uint256 datasetprice", "uint256 volume", "bytes32 tag", "address apprestrict",
            "address workerpoolrestrict", "address requesterrestrict", "bytes32 salt")),
    WORKERPOOL("WorkerpoolOrder", "workerpool", "workerpoolorder", "workerpoolprice", List.of("address workerpool",
            "uint256 workerpoolprice", "uint256 volume", "bytes32 tag", "uint256 category", "uint256 trust",
            "address apprestrict", "address datasetrestrict", "address requesterrestrict", "bytes32 salt")),
    REQUEST("RequestOrder", "requester", "requestorder", "workerpoolmaxprice", List.of("address app",
            "uint256 appmaxprice", "address dataset", "uint256 datasetmaxprice", "address workerpool",
            "uint256 workerpoolmaxprice", "address requester", "uint256 volume", "bytes32 tag", "uint256 category",
            "uint256 trust", "address beneficiary", "address callback", "string params", "bytes32 salt"));

    /** @param type a Solidity type */
    record Member(String type, String name) {
    }

    private final String structName;
    private final String resource;
    private final String label;
    private final String price;
    private final List<Member> members;
    private final Bytes32 typeHash;

    OrderKind(String structName, String resource, String label, String price, List<String> members) {
        this.structName = structName;
        this.resource = resource;
        this.label = label;
        this.price = price;
        this.members = members.stream().map(text -> text.split(" ")).map(parts -> new Member(parts[0], parts[1]))
                .toList();
        String type = members.stream().collect(Collectors.joining(",", structName + "(", ")"));
        this.typeHash = Keccak.hash(type.getBytes(StandardCharsets.US_ASCII));
    }

    /** The member that says whose order it is: the app, dataset or workerpool, or the requester. */
    public String resource() {
        return resource;
    }

    /** In the order book's paths, as a plural. */
    public String path() {
        return label + "s";
    }

    public String label() {
        return label;
    }

    String price() {
        return price;
    }

    List<Member> members() {
        return members;
    }

    Bytes32 typeHash() {
        return typeHash;
    }

    /** The members that limit who may use the order, as query parameter names: {@code app} for {@code apprestrict}. */
    List<String> restrictable() {
        return Stream.of("app", "dataset", "workerpool", "requester")
                .filter(name -> members.stream().anyMatch(member -> member.name().equals(name + "restrict"))).toList();
    }

    @Override
    public String toString() {
        return structName;
    }
}
