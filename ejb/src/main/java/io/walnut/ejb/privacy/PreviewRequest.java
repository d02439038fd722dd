package io.walnut.ejb.privacy;

import io.walnut.contracts.Address;
import io.walnut.ejb.treasury.Batch;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;

/** A batch that somebody considers. @param releaseAt when its links are given out; null for as soon as they are ready */
public record PreviewRequest(Address token, Batch.Policy policy, List<BigInteger> amounts, Instant releaseAt) {
    public PreviewRequest {
        amounts = List.copyOf(amounts);
    }
}
