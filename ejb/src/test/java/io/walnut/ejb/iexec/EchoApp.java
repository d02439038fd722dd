package io.walnut.ejb.iexec;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** An app as iExec runs it: writes the secrets and the data set that it was given into its result. */
public final class EchoApp {

    public static final String IMAGE = "docker.io/walnut/echo:1";

    private EchoApp() {
    }

    static List<String> command() {
        return List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx64m",
                "-XX:+UseSerialGC", "-cp", EchoApp.class.getProtectionDomain().getCodeSource().getLocation().getPath(),
                EchoApp.class.getName());
    }

    public static void main(String[] arguments) throws IOException {
        Path out = Path.of(System.getenv("IEXEC_OUT"));
        String dataset = System.getenv("IEXEC_DATASET_FILENAME");
        String content = dataset == null || dataset.isEmpty() ? "none"
                : Files.readString(Path.of(System.getenv("IEXEC_IN"), dataset));
        String result = "app=" + System.getenv("IEXEC_APP_DEVELOPER_SECRET") + "\n1="
                + System.getenv("IEXEC_REQUESTER_SECRET_1") + "\n2=" + System.getenv("IEXEC_REQUESTER_SECRET_2")
                + "\ndataset=" + content + "\ntask=" + System.getenv("IEXEC_TASK_ID") + "\n";
        Files.writeString(out.resolve("result.txt"), result, StandardCharsets.UTF_8);
        Files.writeString(out.resolve("computed.json"),
                "{\"deterministic-output-path\":\"" + out.resolve("result.txt") + "\"}", StandardCharsets.UTF_8);
    }
}
