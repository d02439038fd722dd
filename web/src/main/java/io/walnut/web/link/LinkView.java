package io.walnut.web.link;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.walnut.contracts.Address;
import io.walnut.contracts.Bytes32;
import io.walnut.ejb.link.LinkNote;
import io.walnut.ejb.link.PaymentLink;
import io.walnut.web.event.EventView;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** A link, as the API shows it. @param notes, timeline left out in lists */
public record LinkView(String id, String object, long version, String batchId, int index, String state,
    Address token, BigInteger amount, String reference, String email, Instant releaseAt, Instant expiresAt, Instant createdAt,
    Address recipient, Bytes32 txHash, Instant redeemedAt,
    @JsonInclude(JsonInclude.Include.NON_NULL) List<NoteView> notes,
    @JsonInclude(JsonInclude.Include.NON_NULL) List<EventView> timeline) {
    /** @param redeemedTx null until paid */
    public record NoteView(Address linkKey, BigInteger amount, Bytes32 redeemedTx) {
        static NoteView of(LinkNote note) {
            return new NoteView(note.linkKey(), note.amount(), note.redeemedTx());
        }
    }

    static LinkView of(PaymentLink link, List<NoteView> notes, List<EventView> timeline) {
        return new LinkView(link.id(), "link", link.version(), link.batchId(), link.position(),
            link.state().name().toLowerCase(Locale.ROOT), link.token(), link.amount(), link.reference(), link.email(),
            link.releaseAt(), link.expiresAt(), link.createdAt(), link.recipient(), link.txHash(), link.redeemedAt(), notes, timeline);
    }
}
