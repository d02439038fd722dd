package io.walnut.enclave.deposit;

import io.walnut.contracts.Address;
import io.walnut.contracts.Amounts;
import io.walnut.contracts.Deposit;
import io.walnut.contracts.Note;
import io.walnut.contracts.NoteTree;
import io.walnut.contracts.VoucherRequest;
import io.walnut.enclave.RefusalCode;
import io.walnut.enclave.Refused;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Checks that the requested notes are exactly those that a deposit stands for. */
public final class NotesCheck {

    private NotesCheck() {
    }

    /** @return the deposit that must be on chain */
    public static Deposit depositOf(VoucherRequest request) throws Refused {
        if (!Amounts.isValid(request.amount())) {
            throw new Refused(RefusalCode.DEPOSIT_AMOUNT_RANGE);
        }
        BigInteger sum = BigInteger.ZERO;
        var notes = new ArrayList<Note>(request.items().size());
        for (VoucherRequest.Item item : request.items()) {
            if (item.amount().signum() == 0) {
                throw new Refused(RefusalCode.NOTE_AMOUNT_ZERO);
            }
            sum = sum.add(item.amount());
            notes.add(new Note(item.linkKey(), item.amount(), request.salt(notes.size())));
        }
        if (!sum.equals(request.amount())) {
            throw new Refused(RefusalCode.NOTES_SUM_DIFFERS);
        }
        if (!NoteTree.of(notes).root().equals(request.notesRoot())) {
            throw new Refused(RefusalCode.NOTES_ROOT_DIFFERS);
        }
        requireDistinctLinkKeys(notes);
        return new Deposit(request.token(), request.amount(), request.notesRoot());
    }

    /** A deposit can have such notes; each link key is paid once, so a second note of it would never be. */
    private static void requireDistinctLinkKeys(List<Note> notes) throws Refused {
        Set<Address> seen = new HashSet<>();
        for (Note note : notes) {
            if (note.linkKey().isZero()) {
                throw new Refused(RefusalCode.LINK_KEY_ZERO);
            }
            if (!seen.add(note.linkKey())) {
                throw new Refused(RefusalCode.LINK_KEY_REPEATED);
            }
        }
    }
}
