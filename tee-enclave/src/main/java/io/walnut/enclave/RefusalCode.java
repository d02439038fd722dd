package io.walnut.enclave;

import io.walnut.contracts.VoucherRequest;

/**
 * Every reason not to sign. The name is the code: it is the enclave's only output and stands in the
 * refusal document. Codes are never renamed; {@code docs/enclave/refusal-codes.md} says what to do for each.
 */
public enum RefusalCode {
    ARGUMENTS_UNKNOWN,

    /** A chunk is missing, or there is a seventh. */
    REQUEST_CHUNKS,
    REQUEST_BASE64,
    REQUEST_LENGTH,
    REQUEST_VERSION,
    REQUEST_CHAIN_ID,
    REQUEST_NOTE_COUNT,
    REQUEST_PADDING,
    DEPOSIT_AMOUNT_RANGE,
    NOTE_AMOUNT_ZERO,

    KEY_SHARE_A_MISSING,
    KEY_SHARE_A_MALFORMED,

    DATASET_MISSING,
    DATASET_TOO_LARGE,
    DATASET_NOT_JSON,
    DATASET_MEMBER_UNKNOWN,
    DATASET_MEMBER_REPEATED,
    DATASET_MEMBER_MISSING,
    DATASET_VERSION,
    DATASET_KEY_SHARE,
    DATASET_CHAIN_ID,
    DATASET_ESCROW,
    DATASET_PROVIDERS,
    DATASET_QUORUM,
    DATASET_FINALITY,
    DATASET_DENIED,
    KEY_SHARES_EQUAL,

    CHAIN_DIFFERS,
    ESCROW_DIFFERS,
    LINK_KEY_ZERO,
    LINK_KEY_REPEATED,
    NOTES_SUM_DIFFERS,
    NOTES_ROOT_DIFFERS,

    PROVIDERS_UNREACHABLE,
    PROVIDERS_WRONG_CHAIN,
    PROVIDERS_ANSWER_INVALID,
    PROVIDERS_DISAGREE,
    CHAIN_TOO_SHORT,

    PROOF_UNAVAILABLE,
    PROOF_INVALID,
    ESCROW_NOT_FOUND,
    DEPOSIT_NOT_FOUND,
    DEPOSIT_MALFORMED,
    DEPOSITOR_DENIED,

    SIGNING_LIBRARY_UNAVAILABLE,
    SIGNATURE_INVALID,
    OUTPUT_UNUSABLE,
    INTERNAL_ERROR;

    /** The codes of a malformed request are those of its decoder. */
    static RefusalCode of(VoucherRequest.Fault fault) {
        return valueOf(fault.name());
    }
}
