package io.walnut.ejb.iexec.rpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.walnut.contracts.Hex;
import io.walnut.ejb.iexec.IexecException;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.web3j.abi.FunctionEncoder;
import org.web3j.abi.datatypes.DynamicStruct;
import org.web3j.abi.datatypes.Utf8String;
import org.web3j.abi.datatypes.generated.Uint256;

import java.math.BigInteger;
import java.util.List;

class AbiReaderTest {

    @Test
    void aTupleEncodedByWeb3jIsRead() {
        String encoded = FunctionEncoder.encodeConstructor(List.of(new DynamicStruct(
                new Uint256(7), new Utf8String("text"), new Uint256(1_700_000_000))));
        AbiReader tuple = AbiReader.of("0x" + encoded).at(0);
        assertEquals(BigInteger.valueOf(7), tuple.number(0));
        assertEquals("text", tuple.text(1));
        assertEquals(1_700_000_000, tuple.time(2).getEpochSecond());
    }

    /** Whatever a node sends, reading gives a value or one kind of refusal: no other exception, no huge array. */
    @Property(tries = 500)
    void anyBytesAreReadOrRefused(@ForAll @Size(max = 256) byte[] bytes, @ForAll @IntRange(max = 40) int index) {
        AbiReader reader = AbiReader.of(Hex.encode(bytes));
        for (Runnable read : List.<Runnable>of(() -> reader.at(index).bytes(index), () -> reader.text(index),
                () -> reader.time(index), () -> reader.address(index), () -> reader.at(index).at(index).number(0))) {
            try {
                read.run();
            } catch (IexecException e) {
                assertEquals(IexecException.Code.RPC_NONSENSE, e.code());
            }
        }
    }

    @Test
    void offsetsAndLengthsBeyondTheDataAreRefused() {
        String huge = "0x" + "00".repeat(27) + "7fffffffff";
        String maxInt = "0x" + "00".repeat(28) + "7fffffff";
        String max = "0x" + "ff".repeat(32);
        for (String data : new String[] {huge, maxInt, max, "0x", "0x00", "zz"}) {
            assertThrows(IexecException.class, () -> AbiReader.of(data).bytes(0));
        }
    }
}
