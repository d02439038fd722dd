package io.walnut.privacy.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/** The figures of {@code docs/privacy.md} for programs, as {@code ./walnut privacy} wrote them ({@code privacy.json}). */
public final class MeasuredFigures {

    /** By the assets that the simulator knows. */
    public static final List<String> ASSETS = List.of("USDC", "ETH");

    private MeasuredFigures() {
    }

    /**
     * One asset's figures: a JSON object.
     *
     * @param asset one of {@link #ASSETS}
     */
    public static String json(String asset) {
        String name = "measured-" + asset.toLowerCase(Locale.ROOT) + ".json";
        try (InputStream in = MeasuredFigures.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
