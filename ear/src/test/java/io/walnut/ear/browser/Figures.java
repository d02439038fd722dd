package io.walnut.ear.browser;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How fast a recipient is served on a slow phone: Lighthouse's mobile profile, 1.6 Mbit/s down, 0.75 up, 150 ms there
 * and back, a processor four times slower than this one. Only sizes are held to a limit; times are written down.
 */
final class Figures {
    private static final int DOWN = 1_600_000 / 8;
    private static final int UP = 750_000 / 8;
    private static final int LATENCY_MILLIS = 150;
    private static final int SLOWER = 4;
    private static final long MOST_BYTES = 150_000;

    private Figures() {
    }

    static void measure(Browser browser, String url, Path report) throws IOException {
        try (BrowserContext phone = browser.window(Browser.PHONE, ColorScheme.LIGHT)) {
            Page page = phone.newPage();
            CDPSession session = phone.newCDPSession(page);
            var loaded = new AtomicLong();
            session.on("Network.loadingFinished", event -> loaded.addAndGet(event.get("encodedDataLength").getAsLong()));
            session.send("Network.enable");
            session.send("Network.emulateNetworkConditions", json("offline", false, "latency", LATENCY_MILLIS,
                "downloadThroughput", DOWN, "uploadThroughput", UP));
            session.send("Emulation.setCPUThrottlingRate", json("rate", SLOWER));
            page.addInitScript("""
                new MutationObserver(() => {
                  if (!window.offered && document.querySelector('.amount')) window.offered = performance.now();
                }).observe(document, {childList: true, subtree: true});
                const send = window.fetch;
                window.fetch = (url, init) => {
                  if (String(url).endsWith('/claims')) window.signed ??= performance.now();
                  return send(url, init);
                };
                document.addEventListener('submit', () => { window.clicked ??= performance.now(); }, true);""");
            page.navigate(url);
            page.waitForFunction("() => window.offered");
            long bytes = loaded.get();
            page.waitForFunction("() => performance.getEntriesByName('first-contentful-paint').length > 0");
            double paint = number(page, "performance.getEntriesByName('first-contentful-paint')[0].startTime");
            double offered = number(page, "window.offered");
            page.getByLabel("Your address").fill(Chain.freshAddress().toString());
            page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Get ")).click();
            page.waitForFunction("() => window.signed");
            double signing = number(page, "window.signed - window.clicked");
            String text = """
                The claim page on a slow phone (1.6 Mbit/s, 150 ms, processor slowed down %d times), nothing cached:
                  first words on screen                %6.0f ms
                  payment looked up and offered        %6.0f ms
                  loaded by then, pages and answers    %6d bytes, of %d at most
                  from click to signed claim           %6.0f ms
                """.formatted(SLOWER, paint, offered, bytes, MOST_BYTES, signing);
            System.out.print(text);
            Files.writeString(report, text);
            assertTrue(bytes > 10_000 && bytes <= MOST_BYTES, text);
        }
    }

    private static double number(Page page, String expression) {
        return ((Number) page.evaluate("() => " + expression)).doubleValue();
    }

    private static JsonObject json(Object... members) {
        var json = new JsonObject();
        for (int i = 0; i < members.length; i += 2) {
            if (members[i + 1] instanceof Number number) {
                json.addProperty((String) members[i], number);
            } else {
                json.addProperty((String) members[i], (Boolean) members[i + 1]);
            }
        }
        return json;
    }
}
