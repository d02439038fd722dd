package io.walnut.ejb.mail;

import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import java.io.IOException;
import java.util.Locale;

/**
 * Why an attempt to send did not succeed. The mail server's own words are not kept: they can quote the mail,
 * and the mail holds the link.
 */
public enum MailFailure {
    MAIL_SERVER_UNREACHABLE(false),
    MAIL_LOGIN_REFUSED(false),
    /** The server knows that the recipient does not exist. */
    MAIL_ADDRESS_REFUSED(true),
    MAIL_REFUSED(false),
    /** The portal stopped during the attempt, so that the mail may or may not have left. */
    MAIL_OUTCOME_UNKNOWN(false),
    /** The link was claimed or taken back before the mail was sent. */
    LINK_NOT_READY(true),
    /** The portal itself could not write the mail. */
    INTERNAL_ERROR(false);

    private final boolean last;

    MailFailure(boolean last) {
        this.last = last;
    }

    static MailFailure of(MessagingException e) {
        if (e instanceof AuthenticationFailedException) {
            return MAIL_LOGIN_REFUSED;
        }
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof IOException) {
                return MAIL_SERVER_UNREACHABLE;
            }
            if (cause instanceof SendFailedException refused && refused.getInvalidAddresses() != null
                && refused.getInvalidAddresses().length > 0) {
                return MAIL_ADDRESS_REFUSED;
            }
        }
        return MAIL_REFUSED;
    }

    /** Whether trying again cannot help. */
    boolean isLast() {
        return last;
    }

    /** As the API shows it. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
