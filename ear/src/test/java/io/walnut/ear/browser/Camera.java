package io.walnut.ear.browser;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** A camera that somebody holds a QR code before: Chromium plays a film instead of it. */
final class Camera {
    private static final int WIDTH = 640;
    private static final int HEIGHT = 480;
    private static final int MODULE = 8;
    private static final int FRAMES = 4;
    private static final byte GREY = (byte) 128;

    private Camera() {
    }

    /** What Chromium has to be started with. */
    static List<String> showing(String text) throws IOException {
        Path film = Path.of("target/camera.y4m").toAbsolutePath();
        Files.write(film, film(modules(text)));
        return List.of("--use-fake-device-for-media-stream", "--use-file-for-fake-video-capture=" + film);
    }

    /** The code's rows of 0 and 1, by another library than the page reads it with. */
    private static String[] modules(String text) throws IOException {
        String script = "import('uqr').then(({encode}) => console.log(encode(process.argv[1]).data"
            + ".map(row => row.map(Number).join('')).join('\\n')))";
        Process node = new ProcessBuilder("node", "-e", script, text).directory(Path.of("../web/ui").toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT).start();
        return new String(node.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip().split("\n");
    }

    private static byte[] film(String[] modules) throws IOException {
        byte[] light = new byte[WIDTH * HEIGHT];
        Arrays.fill(light, (byte) 235);
        int left = (WIDTH - modules.length * MODULE) / 2;
        int top = (HEIGHT - modules.length * MODULE) / 2;
        for (int y = 0; y < modules.length * MODULE; y++) {
            for (int x = 0; x < modules.length * MODULE; x++) {
                if (modules[y / MODULE].charAt(x / MODULE) == '1') {
                    light[(top + y) * WIDTH + left + x] = 16;
                }
            }
        }
        byte[] colour = new byte[WIDTH * HEIGHT / 2];
        Arrays.fill(colour, GREY);
        var film = new ByteArrayOutputStream();
        film.write(("YUV4MPEG2 W" + WIDTH + " H" + HEIGHT + " F10:1 Ip A1:1 C420jpeg\n").getBytes(StandardCharsets.US_ASCII));
        for (int i = 0; i < FRAMES; i++) {
            film.write("FRAME\n".getBytes(StandardCharsets.US_ASCII));
            film.write(light);
            film.write(colour);
        }
        return film.toByteArray();
    }
}
