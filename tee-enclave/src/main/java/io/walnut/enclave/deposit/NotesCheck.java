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
        Set<Address> linkKeys = new HashSet<>();
        BigInteger sum = BigInteger.ZERO;
        var notes = new ArrayList<Note>(request.items().size());
        for (VoucherRequest.Item item : request.items()) {
            requireNewLinkKey(item.linkKey(), linkKeys);
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
        return new Deposit(request.token(), request.amount(), request.notesRoot());
    }

    private static void requireNewLinkKey(Address linkKey, Set<Address> seen) throws Refused {
        if (linkKey.isZero()) {
            throw new Refused(RefusalCode.LINK_KEY_ZERO);
        }
        if (!seen.add(linkKey)) {
            throw new Refused(RefusalCode.LINK_KEY_REPEATED);
        }
    }
}
