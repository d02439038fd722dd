package io.walnut.enclave.input;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.walnut.contracts.Address;
import io.walnut.contracts.EscrowDomain;
import io.walnut.enclave.RefusalCode;
import io.walnut.enclave.Refused;
import io.walnut.enclave.json.BoundedJson;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Reads the dataset: an object with exactly the members of {@code docs/protocol.md} §6, each once.
 *
 * <p>Limits: {@value #MAX_BYTES} bytes, {@value #MAX_DENIED} denied addresses, those of
 * {@link ProviderList} and {@link BoundedJson}.
 */
public final class ConfigurationParser {

    public static final int MAX_BYTES = 524_288;
    public static final int MAX_DENIED = 10_000;

    private static final int VERSION = 1;
    private static final int MAX_CHAIN_ID_DIGITS = 19;

    private final JsonParser json;
    private final Set<Member> seen = EnumSet.noneOf(Member.class);

    private byte[] keyShare;
    private long chainId;
    private Address escrow;
    private List<String> providers;
    private int quorum;
    private Finality finality;
    private Set<Address> denied;

    private ConfigurationParser(JsonParser json) {
        this.json = json;
    }

    /**
     * @param dataset UTF-8; stays the caller's to wipe
     * @throws Refused with a code that names the member
     */
    public static Configuration parse(byte[] dataset) throws Refused {
        if (dataset.length > MAX_BYTES) {
            throw new Refused(RefusalCode.DATASET_TOO_LARGE);
        }
        try (JsonParser json = BoundedJson.parser(dataset)) {
            // Found out here, member by member, with a code of its own.
            json.disable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);
            return new ConfigurationParser(json).document();
        } catch (IOException e) {
            throw new Refused(RefusalCode.DATASET_NOT_JSON);
        }
    }

    private Configuration document() throws IOException, Refused {
        boolean whole = false;
        try {
            require(json.nextToken() == JsonToken.START_OBJECT, RefusalCode.DATASET_NOT_JSON);
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                member();
            }
            require(json.nextToken() == null, RefusalCode.DATASET_NOT_JSON);
            require(seen.size() == Member.values().length, RefusalCode.DATASET_MEMBER_MISSING);
            List<URI> endpoints = ProviderList.check(providers, quorum);
            whole = true;
            return new Configuration(
                    keyShare, new EscrowDomain(chainId, escrow), endpoints, quorum, finality, Set.copyOf(denied));
        } finally {
            if (!whole && keyShare != null) {
                Arrays.fill(keyShare, (byte) 0);
            }
        }
    }

    private enum Member {
        VERSION("version"),
        KEY_SHARE("keyShare"),
        CHAIN_ID("chainId"),
        ESCROW("escrow"),
        PROVIDERS("providers"),
        QUORUM("quorum"),
        FINALITY("finality"),
        DENIED("denied");

        private final String jsonName;

        Member(String jsonName) {
            this.jsonName = jsonName;
        }

        static Member named(String name) throws Refused {
            for (Member member : values()) {
                if (member.jsonName.equals(name)) {
                    return member;
                }
            }
            throw new Refused(RefusalCode.DATASET_MEMBER_UNKNOWN);
        }
    }

    private void member() throws IOException, Refused {
        Member member = Member.named(json.currentName());
        require(seen.add(member), RefusalCode.DATASET_MEMBER_REPEATED);
        json.nextToken();
        switch (member) {
            case VERSION -> require(integer(RefusalCode.DATASET_VERSION) == VERSION, RefusalCode.DATASET_VERSION);
            case KEY_SHARE -> keyShare = keyShare();
            case CHAIN_ID -> chainId = chainId();
            case ESCROW -> escrow = address(RefusalCode.DATASET_ESCROW);
            case PROVIDERS -> providers = providers();
            case QUORUM -> quorum = integer(RefusalCode.DATASET_QUORUM);
            case FINALITY -> finality = finality();
            case DENIED -> denied = denied();
        }
    }

    private byte[] keyShare() throws IOException, Refused {
        require(json.currentToken() == JsonToken.VALUE_STRING, RefusalCode.DATASET_KEY_SHARE);
        char[] text = json.getTextCharacters();
        int offset = json.getTextOffset();
        int length = json.getTextLength();
        try {
            return KeyShare.parse(text, offset, length)
                    .orElseThrow(() -> new Refused(RefusalCode.DATASET_KEY_SHARE));
        } finally {
            // The parser's own buffer; it is not read again before the next token overwrites it.
            Arrays.fill(text, offset, offset + length, '0');
        }
    }

    private long chainId() throws IOException, Refused {
        String digits = text(RefusalCode.DATASET_CHAIN_ID);
        boolean decimal = !digits.isEmpty() && digits.length() <= MAX_CHAIN_ID_DIGITS && digits.charAt(0) != '0'
                && digits.chars().allMatch(c -> c >= '0' && c <= '9');
        require(decimal, RefusalCode.DATASET_CHAIN_ID);
        try {
            return Long.parseLong(digits);
        } catch (NumberFormatException e) {
            throw new Refused(RefusalCode.DATASET_CHAIN_ID);
        }
    }

    private List<String> providers() throws IOException, Refused {
        require(json.currentToken() == JsonToken.START_ARRAY, RefusalCode.DATASET_PROVIDERS);
        var urls = new ArrayList<String>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            require(urls.size() < ProviderList.MAX_PROVIDERS, RefusalCode.DATASET_PROVIDERS);
            urls.add(text(RefusalCode.DATASET_PROVIDERS));
        }
        return urls;
    }

    private Finality finality() throws IOException, Refused {
        if (json.currentToken() == JsonToken.VALUE_STRING) {
            require(json.getText().equals("finalized"), RefusalCode.DATASET_FINALITY);
            return new Finality.Finalized();
        }
        int blocks = integer(RefusalCode.DATASET_FINALITY);
        require(blocks >= 1 && blocks <= Finality.Depth.MAX, RefusalCode.DATASET_FINALITY);
        return new Finality.Depth(blocks);
    }

    private Set<Address> denied() throws IOException, Refused {
        require(json.currentToken() == JsonToken.START_ARRAY, RefusalCode.DATASET_DENIED);
        var addresses = new HashSet<Address>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            require(addresses.size() < MAX_DENIED, RefusalCode.DATASET_DENIED);
            addresses.add(address(RefusalCode.DATASET_DENIED));
        }
        return addresses;
    }

    private Address address(RefusalCode code) throws IOException, Refused {
        try {
            Address address = Address.parse(text(code));
            require(!address.isZero(), code);
            return address;
        } catch (IllegalArgumentException e) {
            throw new Refused(code);
        }
    }

    private String text(RefusalCode code) throws IOException, Refused {
        require(json.currentToken() == JsonToken.VALUE_STRING, code);
        return json.getText();
    }

    private int integer(RefusalCode code) throws IOException, Refused {
        boolean small = json.currentToken() == JsonToken.VALUE_NUMBER_INT && json.getTextLength() <= 9;
        require(small, code);
        return json.getIntValue();
    }

    private static void require(boolean condition, RefusalCode code) throws Refused {
        if (!condition) {
            throw new Refused(code);
        }
    }
}
