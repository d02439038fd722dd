package io.walnut.ejb.mail;

import java.util.regex.Pattern;

/**
 * Where a mail goes: what the HTML standard accepts as an e-mail address, with at most 254 characters. That
 * leaves out quoted names, comments and control characters, so nothing in it can become a header of its own.
 */
public record MailAddress(String value) {
    private static final int MAX_LENGTH = 254;
    private static final String LABEL = "[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?";
    private static final Pattern PATTERN = Pattern.compile(
        "[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@" + LABEL + "(?:\\." + LABEL + ")*");

    /** @throws IllegalArgumentException when it is none; the message does not repeat it */
    public MailAddress {
        if (value.length() > MAX_LENGTH || !PATTERN.matcher(value).matches()) {
            throw new IllegalArgumentException("must be an e-mail address such as ana@example.org");
        }
    }

    /** Enough to recognize it, for rows that are kept for ever: the first character and the domain. */
    public String masked() {
        return value.charAt(0) + "…" + value.substring(value.indexOf('@'));
    }
}
