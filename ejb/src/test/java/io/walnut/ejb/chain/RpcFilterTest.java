package io.walnut.ejb.chain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.walnut.contracts.Address;
import io.walnut.contracts.Bytes32;
import io.walnut.contracts.EscrowAbi;
import io.walnut.ejb.shared.Refusal;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RpcFilterTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String ESCROW = "0x5fbdb2315678afecb367f032d93f642f64180aa3";
    private static final String TOKEN = "0xe7f1725e7734ce288f8367e1bb143e90bb3f0512";
    private static final String KEY = "0x000000000000000000000000" + "15f0ba61fb6b26424d0b10e10b1ebbb952ad1a47";
    private static final RpcFilter FILTER = new RpcFilter(Address.parse(ESCROW), 7,
        List.of(Address.parse(ESCROW), Address.parse(TOKEN)));

    @Test
    void viewsOfEscrowAndTokensPass() throws Exception {
        String data = "0xcafe0001" + KEY.substring(2);
        assertEquals("[{\"data\":\"" + data + "\",\"to\":\"" + Address.parse(ESCROW) + "\"},\"latest\"]",
            sorted(FILTER.check("eth_call", json("[{'to':'" + ESCROW + "','data':'" + data + "'},'latest']")).params()));
        FILTER.check("eth_call", json("[{'to':'" + TOKEN + "','data':'0x95d89b41'}]"));
    }

    @Test
    void onlyTheCheckedPartsOfACallArePassedOn() throws Exception {
        JsonNode call = json("[{'to':'" + TOKEN + "','data':'0x95d89b41','from':'" + ESCROW + "','gas':'0xffffffff'},'0x1',{}]");
        assertEquals("[{\"data\":\"0x95d89b41\",\"to\":\"" + Address.parse(TOKEN) + "\"},\"latest\"]",
            sorted(FILTER.check("eth_call", call).params()));
    }

    @Test
    void theEventsOfOneLinkKeyPassFromTheEscrowsFirstBlock() throws Exception {
        JsonNode claimed = json("[{'address':'" + ESCROW + "','topics':['" + EscrowAbi.CLAIMED + "','" + KEY + "'],'fromBlock':'0x0'}]");
        assertEquals("[{\"address\":\"" + Address.parse(ESCROW) + "\",\"fromBlock\":\"0x7\",\"toBlock\":\"latest\",\"topics\":[\""
            + EscrowAbi.CLAIMED + "\",\"" + KEY + "\"]}]", sorted(FILTER.check("eth_getLogs", claimed).params()));
        JsonNode ofToken = json("[{'address':'" + ESCROW + "','topics':['" + EscrowAbi.TOKEN_CLAIMED + "','" + KEY + "']}]");
        assertEquals("[{\"address\":\"" + Address.parse(ESCROW) + "\",\"fromBlock\":\"0x7\",\"toBlock\":\"latest\",\"topics\":[\""
            + EscrowAbi.TOKEN_CLAIMED + "\",\"" + KEY + "\"]}]", sorted(FILTER.check("eth_getLogs", ofToken).params()));
        JsonNode exited = json("[{'address':'" + ESCROW + "','topics':['" + EscrowAbi.EXITED + "',null,'" + KEY + "']}]");
        assertEquals("[{\"address\":\"" + Address.parse(ESCROW) + "\",\"fromBlock\":\"0x7\",\"toBlock\":\"latest\",\"topics\":[\""
            + EscrowAbi.EXITED + "\",null,\"" + KEY + "\"]}]", sorted(FILTER.check("eth_getLogs", exited).params()));
    }

    @Test
    void receiptsPass() throws Exception {
        assertEquals("[\"" + Bytes32.parse(KEY) + "\"]",
            sorted(FILTER.check("eth_getTransactionReceipt", json("['" + KEY + "']")).params()));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "eth_sendRawTransaction ['0x00']",
        "debug_traceTransaction ['0x00']",
        "anvil_setBalance []",
        "eth_call []",
        "eth_call [{'to':'0x0000000000000000000000000000000000000001','data':'0x95d89b41'},'latest']",
        "eth_call [{'to':'0x5fbdb2315678afecb367f032d93f642f64180aa3','data':'0x95d89b4100'},'latest']",
        "eth_call [{'to':'not an address','data':'0x95d89b41'},'latest']",
        "eth_call [{'to':'0x5fbdb2315678afecb367f032d93f642f64180aa3','data':['0x95d89b41']},'latest']",
        "eth_getLogs [{}]",
        "eth_getLogs [{'address':'0x5fbdb2315678afecb367f032d93f642f64180aa3'}]",
        "eth_getLogs [{'address':'0xe7f1725e7734ce288f8367e1bb143e90bb3f0512','topics':[]}]",
        "eth_getLogs [{'address':'0x5fbdb2315678afecb367f032d93f642f64180aa3','topics':['0x448983aa837d583b4bd9bced8f2aaca2dead3f4435d1710aa9cfae8b48c343ca']}]",
        "eth_getLogs [{'address':'0x5fbdb2315678afecb367f032d93f642f64180aa3','topics':['0x448983aa837d583b4bd9bced8f2aaca2dead3f4435d1710aa9cfae8b48c343ca',null]}]",
        "eth_getTransactionReceipt ['0x12']",
    })
    void allElseIsRefused(String request) {
        String[] parts = request.split(" ", 2);
        Refusal refusal = assertThrows(Refusal.class, () -> FILTER.check(parts[0], json(parts[1])));
        assertEquals("rpc_refused", refusal.code());
    }

    private static JsonNode json(String text) throws Exception {
        return JSON.readTree(text.replace('\'', '"'));
    }

    /** Maps come in no order. */
    private static String sorted(List<?> params) throws Exception {
        return JSON.writer(com.fasterxml.jackson.databind.SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .writeValueAsString(params);
    }
}
