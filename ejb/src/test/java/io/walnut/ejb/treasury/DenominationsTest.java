package io.walnut.ejb.treasury;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.walnut.contracts.Amounts;
import io.walnut.contracts.Link;
import java.math.BigInteger;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class DenominationsTest {
    @Provide
    Arbitrary<BigInteger> amounts() {
        return Arbitraries.bigIntegers().between(BigInteger.ONE, Amounts.MAX);
    }

    @Property
    void partsSumUpAndFitIntoOneLink(@ForAll("amounts") BigInteger amount) {
        List<BigInteger> parts = Denominations.standard(amount);
        assertEquals(amount, parts.stream().reduce(BigInteger.ZERO, BigInteger::add));
        assertTrue(parts.size() <= Link.MAX_NOTES);
        assertTrue(parts.stream().allMatch(Amounts::isValid));
    }

    @Property
    void partsAreOfTheSeriesWhenThereAreFewEnough(@ForAll("amounts") BigInteger amount) {
        List<BigInteger> parts = Denominations.standard(amount);
        if (parts.size() < Link.MAX_NOTES) {
            assertTrue(parts.stream().allMatch(p -> p.toString().matches("[125]0*")), parts::toString);
        }
    }
}
