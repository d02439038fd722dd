package io.walnut.ear.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.walnut.ear.browser.Browser.look;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.net.URI;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/** The treasury's pages where people log in at an OpenID provider. */
public final class PagesByProvider {
    private PagesByProvider() {
    }

    /** Goes to the provider and back, works until the login was renewed and after, and leaves. */
    public static void signIn(URI portal, String name, String role, BooleanSupplier renewed) {
        try (var browser = new Browser()) {
            Page page = browser.window().newPage();
            page.navigate(portal + "/#/settings");
            look(page, "71-login-provider");
            signInAt(page).click();
            assertThat(page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setName("Settings"))).isVisible();
            assertThat(page.locator(".walnut-user")).hasText(name + role);
            assertEquals(portal + "/#/settings", page.url(), "the code stays in the address bar");
            String kept = (String) page.evaluate("() => JSON.stringify({...sessionStorage, ...localStorage})");
            assertFalse(kept.contains("walnut.login") || kept.contains("eyJ"), kept);
            assertThat(page.getByText("People log in at")).isHidden();
            // Said to end a second later, so that what the page loads from then on renews the login.
            page.waitForTimeout(1_500);
            page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Batches")).click();
            assertThat(page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setName("Batches").setExact(true))).isVisible();
            page.waitForCondition(renewed);
            page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Settings")).click();
            assertThat(page.getByText("People log in at")).isHidden();
            assertThat(page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setName("Settings"))).isVisible();
            page.reload();
            assertThat(signInAt(page)).isVisible();
        }
    }

    /** The same at a real Keycloak, whose own pages ask for the password; the login there ends with the one here. */
    public static void signInAtKeycloak(URI portal, String name, String role) {
        try (var browser = new Browser()) {
            Page page = browser.window().newPage();
            var renewals = new AtomicInteger();
            page.onResponse(response -> {
                String sent = response.request().postData();
                if (sent != null && sent.contains("grant_type=refresh_token") && response.ok()) {
                    renewals.incrementAndGet();
                }
            });
            page.navigate(portal + "/#/settings");
            signInAt(page).click();
            page.locator("#username").fill(name);
            page.locator("#password").fill("nonsense");
            page.locator("#kc-login").click();
            assertThat(page.getByText("Invalid username or password.")).isVisible();
            page.locator("#password").fill(name + "-walnut");
            page.locator("#kc-login").click();
            assertThat(page.locator(".walnut-user")).hasText(name + role);
            assertEquals(portal + "/#/settings", page.url(), "the code stays in the address bar");
            page.waitForCondition(() -> renewals.get() > 0);
            page.reload();
            signInAt(page).click();
            assertThat(page.locator(".walnut-user")).hasText(name + role);

            page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Sign out")).click();
            page.locator("#kc-logout").click();
            signInAt(page).click();
            assertThat(page.locator("#password")).isVisible();
        }
    }

    private static Locator signInAt(Page page) {
        return page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Sign in at 127.0.0.1"));
    }
}
