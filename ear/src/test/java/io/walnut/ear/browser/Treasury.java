package io.walnut.ear.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions.IsVisibleOptions;
import com.microsoft.playwright.options.AriaRole;
import io.walnut.ear.TestBed;

/** A colleague at the portal, who can only look and click. */
final class Treasury {
    /** A batch takes as long as the chain's finality and the enclave's task do. */
    static final double BATCH_MILLIS = 300_000;

    final Page page;

    private Treasury(Page page) {
        this.page = page;
    }

    static Treasury signIn(BrowserContext window, String name) {
        var treasury = new Treasury(window.newPage());
        treasury.page.navigate(TestBed.portal().toString());
        treasury.enter(name, name + "-walnut");
        assertThat(treasury.heading("Dashboard")).isVisible();
        return treasury;
    }

    void enter(String name, String password) {
        page.getByLabel("Name").fill(name);
        page.getByLabel("Password").fill(password);
        click("Sign in");
    }

    void goTo(String place) {
        page.getByRole(AriaRole.NAVIGATION, new Page.GetByRoleOptions().setName("Portal"))
            .getByRole(AriaRole.LINK, new Locator.GetByRoleOptions().setName(place)).click();
    }

    void click(String button) {
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(button).setExact(true)).first().click();
    }

    void follow(String link) {
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(link)).first().click();
    }

    Locator heading(String text) {
        return page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setName(text));
    }

    void sees(String text) {
        assertThat(page.getByText(text).first()).isVisible();
    }

    /** Goes through the steps of a new batch up to the review. */
    void draft(String title, String asset, String csv) {
        goTo("Batches");
        click("New batch");
        page.getByLabel("Payments as CSV").fill(csv);
        click("Next");
        page.getByLabel("Title").fill(title);
        page.getByLabel("Asset").selectOption(asset);
        click("Next");
        assertThat(heading(title)).isVisible();
    }

    void submit() {
        click("Submit for approval");
        sees("A second person must approve this batch");
    }

    void approve(String title) {
        goTo("Approvals");
        follow(title);
        click("Approve");
        sees("Waits for the deposit");
    }

    void open(String batch) {
        goTo("Batches");
        follow(batch);
        assertThat(heading(batch)).isVisible();
    }

    void waitUntilReady() {
        assertThat(page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Go to the links")))
            .isVisible(new IsVisibleOptions().setTimeout(BATCH_MILLIS));
    }

    /** The URL of the link for a payment of the batch that is open. */
    String reveal(String reference) {
        follow("Go to the links");
        click("Show link of " + reference);
        click("Show the link");
        return page.getByLabel("Payment link").inputValue();
    }
}
