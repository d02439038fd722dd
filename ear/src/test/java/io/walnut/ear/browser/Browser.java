package io.walnut.ear.browser;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The Chromium of this machine, driven by Playwright, which is kept from fetching one of its own. */
final class Browser implements AutoCloseable {
    static final int WIDE = 1280;
    static final int PHONE = 360;

    private static final List<String> PLACES = List.of("/usr/bin/chromium", "/usr/bin/chromium-browser",
        "/usr/bin/google-chrome", "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome");
    private static final Path AXE = Path.of("../web/ui/node_modules/axe-core/axe.min.js");
    private static final Path SCREENSHOTS = Path.of("target/screenshots");
    /** For a machine that is busy with other tests; nothing waits longer than it must. */
    private static final double PATIENCE_MILLIS = 240_000;

    private final Playwright playwright;
    private final com.microsoft.playwright.Browser chromium;

    Browser() {
        this(List.of());
    }

    /** @param arguments for Chromium, besides the usual ones */
    Browser(List<String> arguments) {
        Path executable = executable();
        PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MILLIS);
        playwright = Playwright.create(new Playwright.CreateOptions().setEnv(
            Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        chromium = playwright.chromium().launch(new BrowserType.LaunchOptions().setExecutablePath(executable)
            .setArgs(Stream.concat(Stream.of("--no-sandbox", "--disable-gpu", "--disable-background-networking"),
                arguments.stream()).toList()));
    }

    private static Path executable() {
        String named = System.getenv("CHROMIUM");
        return Stream.concat(Stream.ofNullable(named), PLACES.stream()).map(Path::of).filter(Files::isExecutable)
            .findFirst().orElseThrow(() -> new AssertionError("The browser tests need Chromium. Install it"
                + " (Debian: apt-get install chromium), or name its executable in the variable CHROMIUM."));
    }

    /** A person's own window, with nothing remembered from others; nothing moves, so that what is looked at is all there. */
    BrowserContext window(int width, ColorScheme colours) {
        BrowserContext window = chromium.newContext(new com.microsoft.playwright.Browser.NewContextOptions()
            .setViewportSize(width, width < WIDE ? 740 : 860).setColorScheme(colours).setLocale("en-GB")
            .setReducedMotion(ReducedMotion.REDUCE)
            .setPermissions(List.of("clipboard-read", "clipboard-write")));
        window.setDefaultTimeout(PATIENCE_MILLIS);
        // An init script is not subject to the page's content policy, a script tag would be.
        window.addInitScript(AXE);
        return window;
    }

    BrowserContext window() {
        return window(WIDE, ColorScheme.LIGHT);
    }

    /** Looks at the page as axe, as a narrow screen and as a person do: fails on serious findings, keeps a picture. */
    static void look(Page page, String name) {
        page.waitForTimeout(300);
        page.screenshot(new Page.ScreenshotOptions().setPath(SCREENSHOTS.resolve(name + ".png")).setFullPage(true));
        String findings = axe(page);
        // What is still being built is not judged; what is wrong stays wrong.
        for (int again = 0; again < 5 && !findings.isEmpty(); again++) {
            page.waitForTimeout(1_000);
            findings = axe(page);
        }
        if (!findings.isEmpty()) {
            throw new AssertionError(name + ": axe found " + findings);
        }
        int beyond = (Integer) page.evaluate("() => document.documentElement.scrollWidth - window.innerWidth");
        if (beyond > 0) {
            throw new AssertionError(name + ": the page is " + beyond + " px wider than the screen");
        }
    }

    @SuppressWarnings("unchecked")
    private static String axe(Page page) {
        Object found = page.evaluate("""
            async () => (await axe.run(document, {resultTypes: ['violations']})).violations
              .filter(v => v.impact === 'serious' || v.impact === 'critical')
              .map(v => v.id + ' at ' + v.nodes.slice(0, 3).map(n => n.target.join(' ')).join(', '))""");
        return ((List<Object>) found).stream().map(Object::toString).collect(Collectors.joining("; "));
    }

    @Override
    public void close() {
        chromium.close();
        playwright.close();
    }
}
