package io.walnut.web.link;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.walnut.ejb.mail.MailAddress;
import io.walnut.ejb.shared.Refusal;
import io.walnut.web.json.Json;

/** The body of {@code POST /links/{id}/send}. @param email null for the address that is stored with the link */
public record LinkMailInput(String email) {
    static LinkMailInput parse(String body) throws JsonProcessingException {
        LinkMailInput input = body == null || body.isBlank() ? null : Json.read(body, LinkMailInput.class);
        return input == null ? new LinkMailInput(null) : input;
    }

    /** @throws Refusal when it is no address */
    MailAddress checked() {
        try {
            return email == null ? null : new MailAddress(email);
        } catch (IllegalArgumentException e) {
            throw Refusal.invalid("email", e.getMessage());
        }
    }
}
