package io.walnut.privacy.report;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageIO;

/** Horizontal bars with a label to the left and a value to the right, as PNG. */
final class BarChart {

    private static final int WIDTH = 1000;
    private static final int LABELS = 330;
    private static final int VALUES = 130;
    private static final int ROW = 30;
    private static final int TOP = 70;

    private static final Color MEASURED = new Color(0x3b6ea8);
    private static final Color PUBLISHED = new Color(0xb0b0b0);
    private static final Color AIM = new Color(0xc0392b);

    private record Bar(String label, double from, double to, String text, Color color) {
    }

    private final String title;
    private final List<Bar> bars = new ArrayList<>();
    private double aim = Double.NaN;

    BarChart(String title) {
        this.title = title;
    }

    BarChart bar(String label, double value, String text) {
        bars.add(new Bar(label, 0, value, text, MEASURED));
        return this;
    }

    /** A bar for comparison, from {@code low} to {@code high}. */
    BarChart range(String label, double low, double high, String text) {
        bars.add(new Bar(label, low == high ? 0 : low, high, text, PUBLISHED));
        return this;
    }

    BarChart aim(double value) {
        aim = value;
        return this;
    }

    void write(Path file) throws IOException {
        var image = new BufferedImage(WIDTH, TOP + ROW * bars.size() + 20, BufferedImage.TYPE_INT_RGB);
        Graphics2D g = image.createGraphics();
        g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        g.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        g.setColor(Color.WHITE);
        g.fillRect(0, 0, image.getWidth(), image.getHeight());
        g.setColor(Color.BLACK);
        g.setFont(new Font(Font.SANS_SERIF, Font.BOLD, 17));
        g.drawString(title, 20, 36);
        g.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 14));
        double scale = (WIDTH - LABELS - VALUES) / bars.stream().mapToDouble(Bar::to).max().orElse(1);
        for (int i = 0; i < bars.size(); i++) {
            draw(g, bars.get(i), TOP + ROW * i, scale);
        }
        if (!Double.isNaN(aim)) {
            int x = LABELS + (int) (aim * scale);
            g.setColor(AIM);
            g.drawLine(x, TOP - 12, x, image.getHeight() - 14);
            g.drawString(String.format(Locale.ROOT, "aim %.0f %%", 100 * aim), x + 5, TOP - 4);
        }
        g.dispose();
        ImageIO.write(image, "png", file.toFile());
    }

    private static void draw(Graphics2D g, Bar bar, int y, double scale) {
        g.setColor(Color.BLACK);
        g.drawString(bar.label, 20, y + 19);
        int from = LABELS + (int) (bar.from * scale);
        int width = Math.max(2, (int) ((bar.to - bar.from) * scale));
        g.setColor(bar.color);
        g.fillRect(from, y + 5, width, ROW - 11);
        g.setColor(Color.BLACK);
        g.drawString(bar.text, from + width + 8, y + 19);
    }
}
