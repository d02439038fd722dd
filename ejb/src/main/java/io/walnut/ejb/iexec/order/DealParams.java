package io.walnut.ejb.iexec.order;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The public parameters of a deal, in the SDK's names. Arguments and input files are absent on purpose:
 * they would be public, and the enclave takes everything from secrets.
 *
 * @param requesterSecrets number n of {@code IEXEC_REQUESTER_SECRET_n} to the secret's name at the SMS
 * @param encryptResult with the beneficiary's result key
 */
public record DealParams(SortedMap<Integer, String> requesterSecrets, boolean encryptResult) {

    private static final String STORAGE = "ipfs";

    public DealParams {
        if (!requesterSecrets.isEmpty() && requesterSecrets.firstKey() < 1) {
            throw new IllegalArgumentException("requester secrets are numbered from 1");
        }
        requesterSecrets = Collections.unmodifiableSortedMap(new TreeMap<>(requesterSecrets));
    }

    /** JSON without white space; the same parameters give the same text. */
    public String toJson() {
        var json = JsonNodeFactory.instance.objectNode();
        json.put("iexec_result_encryption", encryptResult);
        json.put("iexec_result_storage_provider", STORAGE);
        if (!requesterSecrets.isEmpty()) {
            var secrets = json.putObject("iexec_secrets");
            requesterSecrets.forEach((number, name) -> secrets.put(number.toString(), name));
        }
        return json.toString();
    }
}
