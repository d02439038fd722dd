package io.walnut.web.privacy;

import io.walnut.ejb.chain.Tokens;
import io.walnut.ejb.privacy.PreviewRequest;
import io.walnut.ejb.shared.Refusal;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;

/** Whether the portal knows what would be paid in. */
@RequestScoped
public class TokenCheck {
    @Inject
    private Tokens tokens;

    /** The request, if its token is one of those that are configured. */
    PreviewRequest known(PreviewRequest request) {
        if (tokens.find(request.token()).isEmpty()) {
            throw Refusal.invalid("token", "is none of the configured tokens: see GET /api/v1/escrow");
        }
        return request;
    }
}
