package io.walnut.ear.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.walnut.ear.browser.Browser.PHONE;
import static io.walnut.ear.browser.Browser.WIDE;
import static io.walnut.ear.browser.Browser.look;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import io.walnut.contracts.Address;
import io.walnut.contracts.EscrowDomain;
import io.walnut.contracts.Link;
import io.walnut.ear.TestBed;
import io.walnut.ear.browser.Portal.Payment;
import java.io.File;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What people do, done as they do it: in a real browser, on the real portal, with money on a real chain. */
@ExtendWith(ArquillianExtension.class)
class BrowserIT {
    private static final BigInteger PAYMENT = new BigInteger("10000000000000000");
    private static final String MESSAGE = "<b>Thank you</b> & see you in December";
    private static final String WRONG_CHECKSUM = "0x70997970c51812dc3A010C7d01b50e0d17dc79C8";

    private static Browser browser;
    private static Deque<Payment> links;
    /** Each of 0.03 coins in two notes, 0.02 and 0.01. */
    private static Deque<Payment> parts;
    private static String expiring;
    private static String expiringLink;
    private final List<BrowserContext> windows = new ArrayList<>();

    @Deployment(testable = false)
    static EnterpriseArchive portal() {
        return ShrinkWrap.createFromZipFile(EnterpriseArchive.class, new File(System.getProperty("walnut.it.ear")));
    }

    @BeforeAll
    static void open() {
        browser = new Browser();
        String prepared = Portal.begin("prepared", 12, PAYMENT.toString(),
            "\"message\":\"Thank you for your work in November!\",");
        String inParts = Portal.begin("parts", 2, "30000000000000000", "\"policy\":\"standard\",");
        expiring = Portal.begin("expiring", 1, PAYMENT.toString(),
            "\"expires_at\":\"" + Instant.now().plusSeconds(40) + "\",");
        links = Portal.links(prepared);
        parts = Portal.links(inParts);
        expiringLink = Portal.links(expiring).pop().url();
    }

    @AfterAll
    static void close() {
        if (browser != null) {
            browser.close();
        }
    }

    @AfterEach
    void closeWindows() {
        windows.forEach(BrowserContext::close);
    }

    @Test
    void aRecipientIsPaidInTheNativeCoinByPeopleWhoOnlyClick() throws IOException {
        var tina = Treasury.signIn(wide(), "tina");
        look(tina.page, "01-dashboard-empty");
        tina.goTo("Batches");
        tina.click("New batch");
        tina.page.getByLabel("Payments as CSV").fill("amount,reference,email\n1.25,INV-1,ana@example.org\n0;8,INV-2,\n0.8,INV-3,\n1.25,INV-4,\n");
        tina.sees("1 row needs your attention");
        look(tina.page, "02-batch-row-error");
        tina.page.getByLabel("Amount of row 2").fill("0.8");
        tina.click("Next");
        tina.page.getByLabel("Title").fill("November payroll");
        tina.page.getByLabel("Message").fill("two\u2028lines");
        tina.sees("Leave out line breaks and signs that cannot be seen.");
        tina.page.getByLabel("Message").fill(MESSAGE);
        look(tina.page, "03-batch-settings");
        tina.click("Next");
        tina.sees("could be tied to you if they are claimed at once");
        tina.sees("Standard notes: payments that could be tied to you");
        look(tina.page, "04-batch-review");
        tina.submit();
        assertEquals(0, tina.page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Approve")).count());

        var adam = Treasury.signIn(wide(), "adam");
        adam.goTo("Approvals");
        adam.sees("November payroll");
        look(adam.page, "05-approvals");
        adam.approve("November payroll");

        tina.sees("Fund the batch");
        tina.page.getByRole(AriaRole.TAB, new Page.GetByRoleOptions().setName("Safe or other custody")).click();
        look(tina.page, "06-fund-custody");
        tina.page.getByRole(AriaRole.TAB, new Page.GetByRoleOptions().setName("Treasury key")).click();
        tina.click("Fund with the treasury key");
        assertThat(tina.page.getByText("Fund the batch")).hasCount(0);
        look(tina.page, "07-progress");
        tina.waitUntilReady();
        look(tina.page, "08-ready");
        String url = tina.reveal("INV-1");
        look(tina.page, "09-link-revealed");

        BrowserContext phone = phone();
        Watch watch = Watch.over(phone);
        var ana = Recipient.opens(phone, url);
        ana.seesTitle("1.25 ETH");
        ana.sees("Unclaimed");
        ana.sees(TestBed.PAYER + " pays you");
        assertThat(ana.page.locator("blockquote")).containsText(MESSAGE);
        assertFalse(ana.page.url().contains("#"), "the link stays in the address bar");
        assertFalse(((String) ana.page.evaluate("() => JSON.stringify(history.state) + location.href")).contains("#"));
        look(ana.page, "10-claim");
        ana.fillsOwnAddress();
        ana.click("Get 1.25 ETH");
        ana.seesReceipt();
        look(ana.page, "11-claim-receipt");
        assertEquals(new BigInteger("1250000000000000000"), Chain.balance(ana.address));
        watch.provesThatNothingLeaked(url);

        tina.click("Close");
        tina.follow("INV-1");
        tina.sees("Link claimed");
        look(tina.page, "12-link-timeline");
        provesThePaymentToAnAuditor(tina, ana.address);
        tina.goTo("Dashboard");
        tina.sees("paid out");
        tina.sees("More on privacy");
        look(tina.page, "13-dashboard");
        tina.goTo("Privacy");
        tina.sees("Measured by attack: USDC");
        look(tina.page, "17-privacy");
        tina.goTo("Links");
        tina.sees("INV-4");
        look(tina.page, "14-links");
        tina.goTo("Audit log");
        tina.sees("Link shown");
        look(tina.page, "15-audit");
        tina.goTo("Settings");
        tina.sees("RLC");
        tina.sees("Trusted by the escrow");
        assertThat(tina.page.getByRole(AriaRole.ROW, new Page.GetByRoleOptions().setName("adam"))).containsText("approver");
        look(tina.page, "16-settings");
    }

    /** With the open link's receipt, on a page that asks the chain and nobody else. */
    private void provesThePaymentToAnAuditor(Treasury tina, Address recipient) throws IOException {
        Download download = tina.page.waitForDownload(() -> tina.click("Download receipt"));
        assertEquals("receipt-INV-1.json", download.suggestedFilename());
        Path genuine = Path.of("target/saved/receipt.json").toAbsolutePath();
        download.saveAs(genuine);
        Path changed = genuine.resolveSibling("changed.json");
        Files.writeString(changed, Files.readString(genuine).replace("INV-1", "INV-2"));

        Page auditor = phone().newPage();
        auditor.navigate(TestBed.portal() + "/receipt/");
        look(auditor, "18-receipt");
        Watch watch = Watch.over(auditor.context());
        check(auditor, genuine);
        assertThat(auditor.getByText("The receipt holds")).isVisible();
        assertThat(auditor.getByText(recipient.toString()).first()).isVisible();
        look(auditor, "19-receipt-holds");
        auditor.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Check another receipt")).click();
        check(auditor, changed);
        assertThat(auditor.getByText("It fails at SIGNATURE")).isVisible();
        look(auditor, "19-receipt-refused");
        assertFalse(watch.heard(TestBed.portal().toString()), "the portal was asked about a receipt");
    }

    private static void check(Page auditor, Path receipt) {
        auditor.getByLabel("Receipt", new Page.GetByLabelOptions().setExact(true)).setInputFiles(receipt);
        auditor.getByLabel("Node", new Page.GetByLabelOptions().setExact(true)).fill(TestBed.chain().toString());
        auditor.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Check the receipt")).click();
    }

    @Test
    void aHeldPaymentSurvivesAReloadAndIsPaidOnceItsRecipientWillNotWait() {
        var recipient = Recipient.opens(phone(), links.pop().url());
        recipient.fillsOwnAddress();
        look(recipient.page, "29-claim-offered");
        recipient.page.getByLabel("When").selectOption("Within a week");
        recipient.click("Get 0.01 ETH");
        recipient.sees("You may close this page: nothing more is needed of you.");
        look(recipient.page, "45-claim-held");
        recipient.page.reload();
        recipient.sees("Scheduled");
        assertEquals(BigInteger.ZERO, Chain.balance(recipient.address));
        recipient.click("Pay it now instead");
        recipient.seesReceipt();
        assertEquals(PAYMENT, Chain.balance(recipient.address));
    }

    @Test
    void aDraftShowsWhatItWouldPayAndIsHandedInOnItsPage() {
        Portal.draft("Drafted", 30, "7", "");
        var tina = Treasury.signIn(wide(), "tina");
        tina.open("Drafted");
        tina.sees("Drafted-24");
        look(tina.page, "46-draft");
        tina.page.getByLabel("Go to next page").click();
        tina.sees("Drafted-29");
        assertThat(tina.page.getByText("see the links")).hasCount(0);
        tina.submit();
        tina.follow("see the links");
        tina.sees("Drafted-29");
    }

    @Test
    void aRecipientIsPaidInATokenThatABrowserWalletDeposited() {
        BrowserContext window = wide();
        Wallet.install(window, Chain.someonesAccount());
        // Without the stream of events the page goes on by the clock.
        window.route("**/events/stream", route -> route.abort());
        var tina = Treasury.signIn(window, "tina");
        tina.draft("Grants", "RLC", "amount,reference\n2.5,GRANT-1\n0.5,GRANT-2\n");
        tina.submit();
        Treasury.signIn(wide(), "adam").approve("Grants");
        tina.page.getByRole(AriaRole.TAB, new Page.GetByRoleOptions().setName("Browser wallet")).click();
        look(tina.page, "20-fund-wallet");
        tina.click("Fund with my wallet");
        tina.waitUntilReady();
        Address token = Address.parse((String) tina.page.evaluate("""
            async () => (await (await fetch('/api/v1/escrow')).json()).tokens.find(t => t.symbol === 'RLC').address"""));
        String url = tina.reveal("GRANT-1");

        BrowserContext phone = phone();
        Watch watch = Watch.over(phone);
        var ben = Recipient.opens(phone, url);
        ben.seesTitle("2.5 RLC");
        ben.fillsOwnAddress();
        ben.click("Get 2.5 RLC");
        ben.seesReceipt();
        watch.provesThatNothingLeaked(url);
        assertEquals(new BigInteger("2500000000"), Chain.balance(token, ben.address));
    }

    @Test
    void aReloadAndADoubleClickPayOnce() {
        var recipient = Recipient.opens(phone(), links.pop().url());
        recipient.sees("Unclaimed");
        recipient.page.reload();
        recipient.fillsOwnAddress();
        // Once it is in a block, it is not on its way any more.
        Chain.hold();
        try {
            recipient.page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Get 0.01 ETH")).dblclick();
            recipient.sees("On its way");
            look(recipient.page, "30-claim-progress");
        } finally {
            Chain.goOn();
        }
        recipient.page.reload();
        recipient.seesReceipt();
        assertEquals(PAYMENT, Chain.balance(recipient.address));
        recipient.page.reload();
        recipient.seesReceipt();
    }

    @Test
    void aPaidLinkSaysWhomItPaid() {
        String url = links.pop().url();
        var first = Recipient.opens(phone(), url);
        first.fillsOwnAddress();
        first.click("Get 0.01 ETH");
        first.seesReceipt();
        var second = Recipient.opens(phone(), url);
        second.seesTitle("This link has been used");
        second.sees(first.address.toString());
        look(second.page, "31-claim-used");
    }

    @Test
    void aCancelledLinkSaysThatTheSenderTookItBack() {
        Payment payment = links.pop();
        var tina = Treasury.signIn(wide(), "tina");
        tina.goTo("Links");
        tina.page.getByLabel("Search").fill(payment.reference());
        tina.follow(payment.reference());
        tina.click("Cancel link");
        look(tina.page, "32-cancel-dialog");
        tina.click("Take the money back");
        tina.sees("Link cancelled");
        var recipient = Recipient.opens(phone(), payment.url());
        recipient.seesTitle("The sender took this payment back");
        look(recipient.page, "33-claim-cancelled");
    }

    @Test
    void aLockedLinkOpensWithItsPassphraseOnly() {
        Payment payment = links.pop();
        var tina = Treasury.signIn(wide(), "tina");
        tina.goTo("Links");
        tina.page.getByLabel("Search").fill(payment.reference());
        tina.click("Show link of " + payment.reference());
        tina.click("Show the link");
        tina.page.getByLabel("Lock with a passphrase (optional)").fill("correct horse battery");
        tina.click("Lock");
        tina.sees("Locked.");
        String locked = tina.page.getByLabel("Payment link").inputValue();

        var recipient = Recipient.opens(phone(), locked);
        recipient.seesTitle("This payment is locked");
        recipient.page.getByLabel("Passphrase").fill("wrong horse battery");
        // Counted by the page itself: it may be over before anybody has looked.
        recipient.page.evaluate("""
            () => {
              window.ticks = 0;
              setInterval(() => { if (document.body.textContent.includes('Opening…')) window.ticks++; }, 20);
            }""");
        recipient.click("Open");
        recipient.sees("This is not the passphrase of this link.");
        assertTrue((Integer) recipient.page.evaluate("() => window.ticks") >= 5, "the page stands still");
        look(recipient.page, "34-claim-wrong-passphrase");
        recipient.page.getByLabel("Passphrase").fill("correct horse battery");
        recipient.click("Open");
        recipient.seesTitle("0.01 ETH");
    }

    @Test
    void anExpiredLinkSaysThatItsMoneyWentBack() {
        Portal.awaitExpired(expiring);
        var recipient = Recipient.opens(phone(), expiringLink);
        recipient.seesTitle("The sender took this payment back");
        recipient.sees("nobody claimed it before it expired");
    }

    @Test
    void aPaymentInPartsIsPaidTogether() {
        var recipient = Recipient.opens(phone(), parts.pop().url());
        recipient.seesTitle("0.03 ETH");
        recipient.sees("so whoever looks at it can add them up");
        recipient.fillsOwnAddress();
        recipient.click("Get 0.03 ETH");
        recipient.seesReceipt();
        assertEquals(PAYMENT.multiply(BigInteger.valueOf(3)), Chain.balance(recipient.address));
    }

    @Test
    void aPaymentInPartsIsSharedOutAmongAddresses() {
        Address other = Chain.freshAddress();
        var recipient = Recipient.opens(phone(), parts.pop().url());
        recipient.page.getByLabel("Spread over time and addresses").check();
        recipient.sees("The parts arrive at different times but at one address");
        recipient.page.getByLabel("When").selectOption("Now");
        Locator addresses = recipient.page.getByLabel("Your addresses");
        addresses.fill(recipient.address + "\n" + recipient.address);
        recipient.click("Get 0.03 ETH");
        recipient.sees("The same address stands here twice.");
        addresses.fill(recipient.address + "\n" + other + "\n" + Chain.freshAddress());
        recipient.click("Get 0.03 ETH");
        recipient.sees("Enter at most 2 addresses");
        addresses.fill(recipient.address + "\n" + other);
        recipient.sees("so their timing ties them together");
        look(recipient.page, "43-claim-spread");
        Chain.hold();
        try {
            recipient.click("Get 0.03 ETH");
            recipient.sees("On its way");
        } finally {
            Chain.goOn();
        }
        recipient.page.reload();
        recipient.seesReceipt();
        assertEquals(PAYMENT.multiply(BigInteger.TWO), Chain.balance(recipient.address));
        assertEquals(PAYMENT, Chain.balance(other));
    }

    @Test
    void anAddressIsReadFromAQrCodeBeforeTheCamera() throws IOException {
        Address shown = Chain.freshAddress();
        try (var withCamera = new Browser(Camera.showing("ethereum:" + shown + "@65535"))) {
            BrowserContext phone = withCamera.window(PHONE, ColorScheme.DARK);
            phone.grantPermissions(List.of("camera"));
            var recipient = Recipient.opens(phone, links.peekLast().url());
            look(recipient.page, "44-dark-claim");
            recipient.click("Scan a QR code");
            assertThat(recipient.page.getByLabel("Your address")).hasValue(shown.toString());
        }
    }

    @Test
    void aScriptThatWasChangedOnTheWayDoesNotRun() {
        BrowserContext phone = phone();
        phone.route("**/assets/claim-*.js", route -> {
            var genuine = route.fetch();
            route.fulfill(new Route.FulfillOptions().setResponse(genuine).setBody(genuine.text() + "\n"));
        });
        var said = new ArrayList<String>();
        phone.onConsoleMessage(message -> said.add(message.text()));
        var recipient = Recipient.opens(phone, links.peekLast().url());
        recipient.page.waitForCondition(() -> said.stream().anyMatch(text -> text.contains("integrity")));
        assertThat(recipient.page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setLevel(1))).hasCount(0);
    }

    @Test
    void everyPageAllowsItsOwnScriptsAloneAndNamesTheirHashes() {
        for (String path : List.of("/", "/claim/", "/receipt/")) {
            Page page = wide().newPage();
            String policies = page.navigate(TestBed.portal() + path).headerValue("content-security-policy")
                + page.content();
            assertTrue(policies.contains("default-src 'none'") && policies.contains("script-src 'self'"), path);
            assertTrue(policies.contains("frame-ancestors 'none'"), path);
            assertFalse(policies.contains("unsafe-"), path);
            assertEquals(true, page.evaluate("""
                async () => {
                  const tags = [...document.querySelectorAll('script, link[rel=stylesheet], link[rel=modulepreload]')];
                  const hashes = await Promise.all(tags.map(async (tag) => {
                    const bytes = await (await fetch(tag.src || tag.href)).arrayBuffer();
                    const hash = await crypto.subtle.digest('SHA-384', bytes);
                    return 'sha384-' + btoa(String.fromCharCode(...new Uint8Array(hash)));
                  }));
                  return tags.length >= 2 && tags.every((tag, i) => tag.integrity === hashes[i]);
                }"""), path);
        }
    }

    @Test
    void theClaimPageIsMeasured() throws IOException {
        Figures.measure(browser, links.pop().url(), Path.of("target/claim-page-figures.txt"));
    }

    @Test
    void linksAreMailedOneByOneAndTogether() {
        Payment payment = links.peekLast();
        var tina = Treasury.signIn(wide(), "tina");
        tina.goTo("Links");
        tina.page.getByLabel("Search").fill(payment.reference());
        tina.follow(payment.reference());
        tina.click("Send by mail");
        assertThat(tina.page.getByLabel("Recipient’s address")).hasValue("prepared0@two.example");
        tina.page.getByLabel("Recipient’s address").fill("");
        tina.click("Send the mail");
        tina.sees("Enter the recipient’s e-mail address");
        tina.page.getByLabel("Recipient’s address").fill("ben@one.example");
        look(tina.page, "41-mail-dialog");
        tina.click("Send the mail");
        tina.sees("Link mailed");
        assertEquals(1, TestBed.mails("ben@one.example"));

        tina.goTo("Links");
        tina.page.getByLabel("Search").fill("@two.example");
        assertThat(tina.page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Show link of"))).hasCount(2);
        tina.page.getByLabel("Select all rows").check();
        tina.click("Send chosen by mail");
        tina.click("Send 2 mails");
        tina.sees("2 mails are on their way");
    }

    @Test
    void aWebhookShowsItsSecretOnceAndCanBeReplayedAndRemoved() {
        var tina = Treasury.signIn(wide(), "tina");
        tina.goTo("Settings");
        tina.page.getByLabel("Address", new Page.GetByLabelOptions().setExact(true)).fill("erp");
        tina.click("Add");
        tina.sees("Enter the address of your system");
        tina.page.getByLabel("Address", new Page.GetByLabelOptions().setExact(true)).fill("http://127.0.0.1:9/hook");
        tina.click("Add");
        tina.sees("it is shown only this once");
        assertTrue(tina.page.getByLabel("Webhook secret").inputValue().startsWith("whsec_"));
        look(tina.page, "42-webhook-secret");
        tina.goTo("Batches");
        tina.goTo("Settings");
        tina.sees("http://127.0.0.1:9/hook");
        assertThat(tina.page.getByLabel("Webhook secret")).hasCount(0);
        tina.click("Send all again to http://127.0.0.1:9/hook");
        tina.sees("being sent to http://127.0.0.1:9/hook once more");
        tina.click("Remove http://127.0.0.1:9/hook");
        tina.click("Remove it");
        tina.sees("Nobody is told yet.");
    }

    @Test
    void aMistypedAddressIsFoundBeforeAnythingIsSent() {
        BrowserContext phone = phone();
        var recipient = Recipient.opens(phone, links.peekLast().url());
        recipient.sees("Unclaimed");
        Watch watch = Watch.over(phone);
        recipient.page.getByLabel("Your address").fill(WRONG_CHECKSUM);
        recipient.click("Get 0.01 ETH");
        recipient.sees("its checksum is wrong");
        look(recipient.page, "35-claim-address-error");
        recipient.page.getByLabel("Your address").fill("alice.eth");
        recipient.click("Get 0.01 ETH");
        recipient.sees("Names such as alice.eth are not looked up here");
        assertFalse(watch.heard("/api/v1/claims"));
    }

    @Test
    void aBrokenLinkIsToldFromAWrongNetwork() {
        String url = links.peekLast().url();
        var cut = Recipient.opens(phone(), url.substring(0, url.length() - 40));
        cut.seesTitle("This link cannot be read");
        cut.sees("its end is missing");
        look(cut.page, "36-claim-broken-link");
        cut.page.getByLabel("Payment link").fill(url);
        cut.click("Open the payment");
        cut.seesTitle("0.01 ETH");

        var elsewhere = Recipient.opens(phone(), forAnotherChain(url));
        elsewhere.seesTitle("This link is for another network");
        elsewhere.sees("Arbitrum One");
        look(elsewhere.page, "37-claim-wrong-network");
    }

    @Test
    void whenThePortalFallsSilentTheRecipientSendsTheTransactionAlone() {
        BrowserContext phone = phone();
        Wallet.install(phone, Chain.someonesAccount());
        phone.route("**/api/**", route -> route.abort());
        var recipient = Recipient.opens(phone, links.pop().url());
        recipient.seesTitle("The payment service does not answer");
        look(recipient.page, "38-claim-unreachable");
        recipient.click("Look it up with my browser wallet");
        recipient.sees("Unclaimed");
        recipient.fillsOwnAddress();
        recipient.click("Prepare the transaction");
        look(recipient.page, "39-claim-send-it-yourself");
        recipient.click("Send with my browser wallet");
        recipient.seesReceipt();
        assertEquals(PAYMENT, Chain.balance(recipient.address));
    }

    @Test
    void aSavedCopyOfThePagePaysFromAnyNodeEvenWithoutTheEnclave() throws IOException {
        String url = links.pop().url();
        var online = Recipient.opens(phone(), url);
        online.page.getByText("Other ways to get the money").click();
        Download download = online.page.waitForDownload(() ->
            online.page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Save the page")).click());
        Path saved = Path.of("target/saved", download.suggestedFilename()).toAbsolutePath();
        Files.createDirectories(saved.getParent());
        download.saveAs(saved);

        BrowserContext phone = phone();
        Wallet.install(phone, Chain.someonesAccount());
        var recipient = Recipient.opens(phone, saved.toUri() + url.substring(url.indexOf('#')));
        recipient.page.getByLabel("Address of a Walnut devnet node").fill(TestBed.chain().toString());
        recipient.click("Look at the payment");
        recipient.sees("Unclaimed");
        recipient.fillsOwnAddress();
        recipient.click("Prepare the transaction");
        recipient.page.getByLabel("Without the enclave’s voucher").check();
        look(recipient.page, "40-saved-copy");
        recipient.click("Send with my browser wallet");
        recipient.seesReceipt();
        assertEquals(PAYMENT, Chain.balance(recipient.address));
    }

    @Test
    void whoeverMayOnlyLookIsOfferedNothingElse() {
        var olga = Treasury.signIn(keep(browser.window(WIDE, ColorScheme.DARK)), "olga");
        look(olga.page, "50-dark-dashboard");
        olga.goTo("Batches");
        olga.open("prepared");
        look(olga.page, "51-dark-batch");
        olga.goTo("Links");
        olga.sees("prepared-");
        look(olga.page, "52-dark-links");
        for (String button : new String[] {"New batch", "Approve", "Show link", "Cancel link", "Export all unclaimed as CSV"}) {
            assertThat(olga.page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(button))).hasCount(0);
        }
        for (String place : new String[] {"Approvals", "Privacy", "Audit log", "Settings"}) {
            olga.goTo(place);
            assertThat(olga.heading(place)).isVisible();
            look(olga.page, "53-dark-" + place.toLowerCase(Locale.ROOT).replace(' ', '-'));
        }
        olga.page.navigate(TestBed.portal() + "/receipt/");
        look(olga.page, "54-dark-receipt");
    }

    @Test
    void thePortalFitsAPhone() {
        var tina = Treasury.signIn(phone(), "tina");
        look(tina.page, "60-phone-dashboard");
        for (String place : new String[] {"Batches", "Approvals", "Links", "Privacy", "Audit log", "Settings"}) {
            tina.click("Navigation");
            tina.goTo(place);
            assertThat(tina.heading(place)).isVisible();
            look(tina.page, "61-phone-" + place.toLowerCase(Locale.ROOT).replace(' ', '-'));
        }
        tina.page.evaluate("() => { location.hash = '/batches/new'; }");
        tina.page.getByLabel("Payments as CSV").fill("amount\n1\n2\n");
        look(tina.page, "62-phone-new-batch");
    }

    @Test
    void aWrongPasswordIsSaidInThePageAndNotByTheBrowser() {
        Page page = wide().newPage();
        page.navigate(TestBed.portal().toString());
        page.getByLabel("Name").fill("tina");
        page.getByLabel("Password").fill("wrong");
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Sign in")).click();
        assertThat(page.getByText("Name or password is wrong.")).isVisible();
        look(page, "70-login-refused");
    }

    private static String forAnotherChain(String url) {
        try (Link link = Link.parse(url.substring(url.indexOf('#')))) {
            byte[] secret = new byte[32];
            var other = new Link(new EscrowDomain(42161, link.domain().escrow()), link.token(), secret, link.items(),
                link.openings());
            return url.substring(0, url.indexOf('#') + 1) + other.toFragment();
        }
    }

    private BrowserContext wide() {
        return keep(browser.window());
    }

    private BrowserContext phone() {
        return keep(browser.window(PHONE, ColorScheme.LIGHT));
    }

    private BrowserContext keep(BrowserContext window) {
        windows.add(window);
        return window;
    }
}
