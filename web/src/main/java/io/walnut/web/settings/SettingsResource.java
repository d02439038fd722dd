package io.walnut.web.settings;

import io.walnut.contracts.Address;
import io.walnut.ejb.chain.Sender;
import io.walnut.ejb.chain.SenderKeys;
import io.walnut.ejb.mail.MailSettings;
import io.walnut.ejb.secret.Sealer;
import io.walnut.ejb.treasury.LastSigner;
import io.walnut.ejb.treasury.Payer;
import io.walnut.ejb.user.PortalUser;
import io.walnut.ejb.user.PortalUsers;
import io.walnut.web.PortalAddress;
import jakarta.ejb.EJB;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.List;

/** What the operator has configured, as far as the treasury's people should know it; nothing secret. */
@Path("settings")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class SettingsResource {
    @EJB
    private PortalUsers users;
    @EJB
    private LastSigner signer;
    @Inject
    private SenderKeys keys;
    @Inject
    private Sealer sealer;
    @Inject
    private MailSettings mail;
    @Inject
    private Payer payer;
    @Inject
    private PortalAddress portal;

    /** @param claimPage where links point to @param payer whom links name, or empty @param mail whether links can be mailed */
    public record SettingsView(String claimPage, String payer, boolean mail, KeysView keys, List<UserView> users) {
    }

    /**
     * The keys that work here.
     *
     * @param treasury, relayer, requester addresses; null where no key is configured
     * @param signer null before the enclave has signed anything
     */
    public record KeysView(Address treasury, Address relayer, Address requester, SignerView signer,
        SealingView sealing) {
    }

    /** @param trusted whether the escrow takes its vouchers now; null while the chain does not answer */
    public record SignerView(Address address, Boolean trusted) {
    }

    /** @param current the number of the key that seals @param opening the numbers of all that open */
    public record SealingView(int current, List<Integer> opening) {
    }

    /** @param roles those of the last call */
    public record UserView(String name, List<String> roles, Instant firstSeen, Instant lastSeen) {
        static UserView of(PortalUser user) {
            return new UserView(user.name(), user.roles(), user.firstSeen(), user.lastSeen());
        }
    }

    @GET
    public SettingsView get() {
        var sealing = new SealingView(sealer.sealingKey(), List.copyOf(sealer.keyNumbers()));
        var keysView = new KeysView(key(Sender.TREASURY), key(Sender.RELAYER), key(Sender.REQUESTER), signer.find()
            .map(s -> new SignerView(s.address(), s.trusted())).orElse(null), sealing);
        return new SettingsView(portal.claimPage(), payer.name(), mail.isComplete(), keysView,
            users.list().stream().map(UserView::of).toList());
    }

    private Address key(Sender sender) {
        return keys.address(sender).orElse(null);
    }
}
