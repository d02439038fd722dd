package io.walnut.devnet.sample;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** An iExec app that reports its arguments, its environment, its dataset and its input file. */
public final class SampleApp {

    private SampleApp() {
    }

    public static void main(String[] arguments) throws IOException {
        Map<String, String> environment = new TreeMap<>(System.getenv());
        Path out = Path.of(environment.get("IEXEC_OUT"));
        var report = new StringBuilder("arguments=" + String.join("|", arguments) + "\n");
        environment.forEach((name, value) -> report.append(name).append('=').append(value).append('\n'));
        if (environment.containsKey("IEXEC_DATASET_FILENAME")) {
            Path dataset = Path.of(environment.get("IEXEC_IN"), environment.get("IEXEC_DATASET_FILENAME"));
            report.append("dataset=").append(Files.readString(dataset)).append('\n');
        }
        if (environment.containsKey("IEXEC_INPUT_FILE_NAME_1")) {
            Path input = Path.of(environment.get("IEXEC_IN"), environment.get("IEXEC_INPUT_FILE_NAME_1"));
            report.append("input=").append(Files.readString(input)).append('\n');
        }
        System.out.println("secret seen: " + environment.get("IEXEC_REQUESTER_SECRET_1"));
        Path result = Files.writeString(out.resolve("result.txt"), report);
        Files.writeString(out.resolve("computed.json"),
                "{\"deterministic-output-path\":\"" + result + "\",\"callback-data\":\"0xc0ffee\"}");
    }
}
