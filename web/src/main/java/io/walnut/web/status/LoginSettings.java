package io.walnut.web.status;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.URI;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** How people log in: by an OpenID provider when {@code walnut.oidc.provider-url} names one, else by password. */
@ApplicationScoped
public class LoginSettings {
    @Inject
    @ConfigProperty(name = "walnut.oidc.provider-url")
    private Optional<String> issuer;
    @Inject
    @ConfigProperty(name = "walnut.oidc.client-id")
    private Optional<String> clientId;
    @Inject
    @ConfigProperty(name = "walnut.oidc.audience", defaultValue = "walnut")
    private String audience;
    @Inject
    @ConfigProperty(name = "walnut.oidc.scope", defaultValue = "openid")
    private String scope;

    public Optional<String> issuer() {
        return issuer;
    }

    /** Scheme, host and port of the issuer, as a content policy names it. */
    public Optional<String> issuerOrigin() {
        return issuer.map(URI::create).map(uri -> uri.getScheme() + "://" + uri.getRawAuthority());
    }

    String clientId() {
        return clientId.orElse(audience);
    }

    String scope() {
        return scope;
    }
}
