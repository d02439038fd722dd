package io.walnut.ear.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.walnut.contracts.Address;

/** Somebody who was sent a link and opens it on a phone. */
final class Recipient {
    final Page page;
    final Address address = Chain.freshAddress();

    private Recipient(Page page) {
        this.page = page;
    }

    static Recipient opens(BrowserContext window, String url) {
        var recipient = new Recipient(window.newPage());
        recipient.page.navigate(url);
        return recipient;
    }

    void sees(String text) {
        assertThat(page.getByText(text).first()).isVisible();
    }

    void seesTitle(String text) {
        assertThat(page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setLevel(1).setName(text))).isVisible();
    }

    void click(String button) {
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(button)).click();
    }

    void fillsOwnAddress() {
        page.getByLabel("Your address", new Page.GetByLabelOptions().setExact(true)).fill(address.toString());
    }

    void seesReceipt() {
        assertThat(page.getByText("The link is used up.")).isVisible();
    }
}
