package io.walnut.devnet.launch;

import io.walnut.contracts.Address;
import io.walnut.contracts.Bytes32;
import io.walnut.contracts.EscrowAbi;
import io.walnut.devnet.rpc.Abi;
import io.walnut.devnet.rpc.AbiReader;
import io.walnut.devnet.rpc.Log;
import io.walnut.devnet.rpc.Rpc;
import java.io.PrintStream;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.LongStream;
import tools.jackson.databind.JsonNode;

/** Holds what the portal says of all its links against what the chain says. */
final class Books {

    private static final int BLOCKS_AT_ONCE = 50;
    private static final String BALANCE_OF = "balanceOf(address)";

    private final Stage stage;
    private final PrintStream out;
    private final Rpc chain;
    private final Address escrow;
    private final Address treasury;
    private final Map<Address, BigInteger> opening = new HashMap<>();
    private boolean agree = true;

    /** What the treasury has now is its opening balance. */
    Books(Stage stage, PrintStream out) {
        this.stage = stage;
        this.out = out;
        this.chain = new Rpc(stage.devnet().rpcUrl());
        this.escrow = stage.devnet().walnut().escrow();
        this.treasury = stage.devnet().accounts().treasury().address();
        for (Address token : List.of(Address.ZERO, stage.devnet().poco().rlc())) {
            opening.put(token, balance(token, treasury));
        }
    }

    /** A line for each rule, and whether all hold. */
    boolean agree(KillWork work, int links) {
        Map<String, JsonNode> stored = work.links(null).stream().map(link -> work.auditor().get(
                "links/" + link.path("id").asString())).collect(Collectors.toMap(l -> l.path("id").asString(),
                Function.identity(), (a, b) -> a, TreeMap::new));
        out.println();
        rule("links made, and still there", stored.size() + " of " + links, stored.size() == links
                && work.expected().size() == links);
        fates(work, stored);
        redeemed(stored);
        List<EscrowAbi.Deposited> deposits = logs(EscrowAbi.DEPOSITED).stream()
                .map(log -> EscrowAbi.Deposited.decode(log.topics(), log.data())).toList();
        List<EscrowAbi.Claimed> claims = Stream.of(EscrowAbi.CLAIMED, EscrowAbi.TOKEN_CLAIMED)
                .flatMap(topic -> logs(topic).stream())
                .map(log -> EscrowAbi.Claimed.decode(log.topics(), log.data())).toList();
        paid(work, stored, claims);
        deposited(work, deposits);
        for (Address token : opening.keySet()) {
            held(token, deposits, claims);
        }
        rule("the audit log's chain of hashes", "intact",
                work.auditor().get("events/verify").path("intact").asBoolean());
        out.println(agree ? "The books agree: nothing is lost, and nothing is paid twice."
                : "THE BOOKS DO NOT AGREE: see the lines above.");
        return agree;
    }

    private void rule(String what, String found, boolean holds) {
        out.printf("%-4s  %-52s %s%n", holds ? "ok" : "BAD", what, found);
        agree &= holds;
    }

    private void fates(KillWork work, Map<String, JsonNode> stored) {
        var states = new TreeMap<String, Integer>();
        var wrong = new ArrayList<String>();
        for (KillWork.Expected one : work.expected()) {
            String state = stored.containsKey(one.link()) ? stored.get(one.link()).path("state").asString() : "missing";
            states.merge(state, 1, Integer::sum);
            if (!state.equals(one.fate().name().toLowerCase(java.util.Locale.ROOT))) {
                wrong.add(one.link() + " is " + state + ", not " + one.fate());
            }
        }
        rule("links in the state that they were brought to", states + shown(wrong), wrong.isEmpty());
    }

    /** Every note: paid for the portal exactly if it is redeemed for the escrow. */
    private void redeemed(Map<String, JsonNode> stored) {
        var wrong = new ArrayList<String>();
        int notes = 0;
        for (JsonNode link : stored.values()) {
            for (JsonNode note : link.path("notes")) {
                notes++;
                Address key = Address.parse(note.path("link_key").asString());
                boolean onChain = AbiReader.of(chain.ethCall(escrow,
                        Abi.call("isRedeemed(address)", Abi.address(key)))).uint(0).signum() != 0;
                if (onChain != note.hasNonNull("redeemed_tx")) {
                    wrong.add(link.path("id").asString() + " note " + key);
                }
            }
        }
        rule("isRedeemed of the escrow, for each note", notes + " notes" + shown(wrong), wrong.isEmpty());
    }

    private void paid(KillWork work, Map<String, JsonNode> stored, List<EscrowAbi.Claimed> claims) {
        var wrong = new ArrayList<String>();
        for (KillWork.Expected one : work.expected()) {
            BigInteger due = one.fate() == KillWork.Fate.CLAIMED ? one.amount() : BigInteger.ZERO;
            JsonNode link = stored.get(one.link());
            BigInteger has = link == null ? BigInteger.ZERO
                    : balance(Address.parse(link.path("token").asString()), one.recipient());
            if (!has.equals(due)) {
                wrong.add(one.link() + " paid " + has + " of " + due);
            }
        }
        rule("recipients' balances, to the smallest unit", work.expected().size() + " addresses" + shown(wrong),
                wrong.isEmpty());
        Set<Address> keys = new HashSet<>();
        claims.forEach(claim -> keys.add(claim.linkKey()));
        Set<Address> ours = new HashSet<>();
        stored.values().forEach(link -> link.path("notes").forEach(note -> {
            if (note.hasNonNull("redeemed_tx")) {
                ours.add(Address.parse(note.path("link_key").asString()));
            }
        }));
        rule("claims on chain, each of another paid note", claims.size() + " claims",
                keys.size() == claims.size() && keys.equals(ours));
    }

    private void deposited(KillWork work, List<EscrowAbi.Deposited> deposits) {
        Map<String, BigInteger> onChain = new TreeMap<>();
        deposits.forEach(deposit -> onChain.put(deposit.deposit().toString(), deposit.amount()));
        Map<String, BigInteger> ours = new TreeMap<>();
        for (String batch : work.batches()) {
            work.auditor().get("batches/" + batch).path("deposits").forEach(deposit -> ours.put(
                    deposit.path("deposit_hash").asString(), new BigInteger(deposit.path("amount").asString())));
        }
        rule("deposits on chain, each once and of a batch", deposits.size() + " deposits",
                deposits.size() == onChain.size() && onChain.equals(ours));
    }

    private void held(Address token, List<EscrowAbi.Deposited> deposits, List<EscrowAbi.Claimed> claims) {
        BigInteger in = sum(deposits.stream().filter(d -> d.token().equals(token)).map(EscrowAbi.Deposited::amount).toList());
        BigInteger back = sum(claims.stream().filter(c -> c.token().equals(token) && c.recipient().equals(treasury))
                .map(EscrowAbi.Claimed::amount).toList());
        BigInteger gone = sum(claims.stream().filter(c -> c.token().equals(token)).map(EscrowAbi.Claimed::amount).toList());
        String name = token.isZero() ? "ETH" : "RLC";
        rule("the escrow's " + name + ": deposited less claimed", balance(token, escrow).toString(),
                balance(token, escrow).equals(in.subtract(gone)));
        BigInteger gas = token.isZero() ? gasOfTreasury() : BigInteger.ZERO;
        BigInteger due = opening.get(token).subtract(in).add(back).subtract(gas);
        rule("the treasury's " + name + ": opening less deposits and gas, plus returns",
                balance(token, treasury).toString(), balance(token, treasury).equals(due));
    }

    /** Wei, from the receipts of all blocks. */
    private BigInteger gasOfTreasury() {
        BigInteger gas = BigInteger.ZERO;
        long head = chain.blockNumber();
        for (long from = 0; from <= head; from += BLOCKS_AT_ONCE) {
            List<Rpc.Call> calls = LongStream.rangeClosed(from, Math.min(head, from + BLOCKS_AT_ONCE - 1))
                    .mapToObj(block -> new Rpc.Call("eth_getBlockReceipts", List.of(Rpc.hex(block)))).toList();
            for (JsonNode block : chain.batch(calls)) {
                for (JsonNode receipt : block) {
                    if (Address.parse(receipt.path("from").asString()).equals(treasury)) {
                        gas = gas.add(Rpc.quantity(receipt.path("gasUsed"))
                                .multiply(Rpc.quantity(receipt.path("effectiveGasPrice"))));
                    }
                }
            }
        }
        return gas;
    }

    private List<Log> logs(Bytes32 topic) {
        return chain.logs(escrow, 0, chain.blockNumber(), List.of(topic));
    }

    private BigInteger balance(Address token, Address account) {
        return token.isZero() ? chain.balance(account)
                : AbiReader.of(chain.ethCall(token, Abi.call(BALANCE_OF, Abi.address(account)))).uint(0);
    }

    private static BigInteger sum(List<BigInteger> amounts) {
        return amounts.stream().reduce(BigInteger.ZERO, BigInteger::add);
    }

    private static String shown(List<String> wrong) {
        return wrong.isEmpty() ? "" : "; " + wrong.size() + " wrong: "
                + String.join(", ", wrong.subList(0, Math.min(5, wrong.size())));
    }
}
