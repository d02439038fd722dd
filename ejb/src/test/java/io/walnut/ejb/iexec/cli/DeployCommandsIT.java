package io.walnut.ejb.iexec.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.walnut.contracts.Address;
import io.walnut.devnet.Framework;
import io.walnut.ejb.iexec.DevnetFixture;
import io.walnut.ejb.iexec.EchoApp;
import io.walnut.ejb.iexec.hub.TaskCursor;
import io.walnut.ejb.iexec.hub.TaskStatus;
import io.walnut.ejb.iexec.order.TaskRequest;
import io.walnut.ejb.iexec.result.ResultArchive;
import io.walnut.ejb.iexec.result.ResultGateways;
import io.walnut.ejb.iexec.result.ResultKey;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** The deploy commands as an operator types them, until a task that uses all they deployed gives its result. */
@Timeout(180)
class DeployCommandsIT {

    private static final Pattern APP = Pattern.compile("App (0x[0-9a-fA-F]{40})");
    private static final Pattern DATASET = Pattern.compile("Dataset (0x[0-9a-fA-F]{40})");

    @TempDir
    private static Path dir;
    private static DevnetFixture net;

    private record Ran(int status, String out, String err) {
    }

    @BeforeAll
    static void start() throws IOException {
        net = new DevnetFixture(dir, Framework.TDX);
        Files.writeString(net.properties, "walnut.iexec.upload-url=" + net.devnet.ipfsUrl() + "\n",
                StandardOpenOption.APPEND);
    }

    @AfterAll
    static void stop() {
        if (net != null) {
            net.close();
        }
    }

    private static Ran run(String... arguments) {
        var all = new ArrayList<>(List.of(arguments));
        all.addAll(1, List.of("--properties", net.properties.toString()));
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        int status = Main.run(all.toArray(String[]::new), new PrintStream(out), new PrintStream(err));
        return new Ran(status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    private static String did(String... arguments) {
        var sending = new ArrayList<>(List.of(arguments));
        sending.add("--send");
        Ran ran = run(sending.toArray(String[]::new));
        assertEquals(0, ran.status(), ran::err);
        return ran.out();
    }

    private static Address find(Pattern pattern, String text) {
        var matcher = pattern.matcher(text);
        assertTrue(matcher.find(), text);
        return Address.parse(matcher.group(1));
    }

    private static Path secret(String name, String content) throws IOException {
        return Files.writeString(dir.resolve(name), content);
    }

    @Test
    void whatTheCommandsDeployRunsAndEachCommandCanBeRepeated() throws IOException {
        String[] deployApp = {"deploy-app", "--name", "echo", "--image", EchoApp.IMAGE,
            "--checksum", DevnetFixture.random().toString()};
        Address app = find(APP, did(deployApp));
        assertTrue(did(deployApp).contains("is registered already"));

        String plain = secret("dataset.json", "{\"secret\":\"of the data set\"}").toString();
        String[] deployDataset = {"deploy-dataset", "--name", "data", "--file", plain,
            "--work", dir.resolve("dataset").toString()};
        Address dataset = find(DATASET, did(deployDataset));
        assertEquals(dataset, find(DATASET, did(deployDataset)));

        String developer = secret("share-a", "developer's").toString();
        String[] pushSecret = {"push-app-secret", "--app", app.toString(), "--secret-file", developer};
        assertTrue(did(pushSecret).startsWith("did:   stored"));
        assertTrue(did(pushSecret).startsWith("found:"));
        String[] pushKey = {"push-result-key", "--key-file", dir.resolve("result.key").toString()};
        did(pushKey);
        byte[] key = Files.readAllBytes(dir.resolve("result.key"));
        did(pushKey);
        assertArrayEquals(key, Files.readAllBytes(dir.resolve("result.key")));

        String[] offerApp = {"publish-app-order", "--app", app.toString(), "--price", "5"};
        assertTrue(did(offerApp).startsWith("did:   publish"));
        assertTrue(did(offerApp).startsWith("found: order"));
        String[] offerDataset = {"publish-dataset-order", "--dataset", dataset.toString(), "--app", app.toString()};
        assertTrue(did(offerDataset).startsWith("did:   publish"));
        assertTrue(did(offerDataset).startsWith("found: order"));
        assertTrue(did("deposit", "--stake", "1000000000").contains("deposit 1000000000 nRLC"));
        assertTrue(did("deposit", "--stake", "1000000000").startsWith("found:"));

        String status = did("status", "--app", app.toString(), "--dataset", dataset.toString());
        assertTrue(status.contains("registered yes, developer secret yes, orders 1"), status);
        assertTrue(status.contains("registered yes, key yes, orders 1"), status);
        assertTaskGivesTheDataset(app, dataset, ResultKey.of(key));
    }

    private static void assertTaskGivesTheDataset(Address app, Address dataset, ResultKey key) {
        TaskRequest request = net.request(app, dataset);
        net.storeSecrets(request);
        TaskCursor from = net.client.tasks().now();
        net.match(request);
        var state = net.await(request, from, TaskStatus.COMPLETED, Duration.ofSeconds(60));
        var archive = assertInstanceOf(ResultGateways.Download.Archive.class,
                net.client.results().fetch(state.result().orElseThrow()));
        var files = assertInstanceOf(ResultArchive.Opened.Files.class,
                ResultArchive.open(archive.bytes(), key)).files();
        String result = new String(files.get("result.txt"), StandardCharsets.UTF_8);
        assertTrue(result.contains("app=developer's\n"), result);
        assertTrue(result.contains("dataset={\"secret\":\"of the data set\"}\n"), result);
        assertTrue(did("deal", "--deal", request.deal().toString()).contains("COMPLETED /ipfs/"));
    }

    @Test
    void withoutSendNothingIsChanged() throws IOException {
        String checksum = DevnetFixture.random().toString();
        String[] deployApp = {"deploy-app", "--name", "dry", "--image", "docker.io/walnut/dry:1",
            "--checksum", checksum};
        Ran ran = run(deployApp);
        assertTrue(ran.out().startsWith("would: register app"), ran.out());
        assertTrue(ran.out().endsWith("Add --send to do what is said above, if anything.\n"), ran.out());
        assertEquals(ran.out(), run(deployApp).out());

        Path work = dir.resolve("dry");
        assertTrue(run("deploy-dataset", "--name", "d", "--file", secret("d", "x").toString(),
                "--work", work.toString()).out().startsWith("would: encrypt"));
        assertTrue(Files.notExists(work));
        run("push-requester-secret", "--name", "dry", "--secret-file", dir.resolve("d").toString());
        assertTrue(!net.client.sms().hasRequesterSecret(net.requester.address(), "dry"));
    }

    @Test
    void theBenchShowsThatTicksCostTheSameForFewAndManyTasks() {
        Ran ran = run("bench-ticks", "--tasks", "10000");
        assertEquals(0, ran.status(), ran::err);
        var figures = Pattern.compile(" *(10|10000) \\| +([0-9.]+) \\|").matcher(ran.out());
        assertTrue(figures.find(), ran.out());
        String few = figures.group(2);
        assertTrue(figures.find(), ran.out());
        assertEquals(few, figures.group(2));
        assertTrue(Double.parseDouble(few) <= 4);
    }

    @Test
    void wrongFilesSayWhatIsWrong() throws IOException {
        Path broken = secret("broken", "share\n");
        Ran ran = run("push-app-secret", "--app", Address.ZERO.toString(), "--secret-file", broken.toString());
        assertEquals(1, ran.status());
        assertTrue(ran.err().contains("ends with a line break"), ran.err());
        assertTrue(!ran.err().contains("share\n"), "the secret is shown");
        ran = run("deploy-dataset", "--name", "d", "--file", dir.resolve("absent").toString(),
                "--work", dir.resolve("w").toString());
        assertEquals(1, ran.status());
        assertTrue(ran.err().startsWith("deploy-dataset: cannot use a file: "), ran.err());
    }

    @Test
    void wrongCommandLinesSayWhatIsWrong() {
        assertEquals(new Ran(2, "", "deploy-app: --name is missing\n"), run("deploy-app"));
        assertEquals("deal: --deal: expected 0x and 64 hexadecimal digits\n", run("deal", "--deal", "0x1").err());
        assertEquals("status: this command has no option --aap\n", run("status", "--aap", "0x1").err());
        assertEquals("deposit: --stake: a decimal number is needed\n", run("deposit", "--stake", "-1").err());
        assertTrue(run("unknown").err().startsWith("Usage: "));
        String noDeal = "0x" + "00".repeat(32);
        assertEquals(new Ran(1, "", "deal: the hub has no deal " + noDeal + "\n"), run("deal", "--deal", noDeal));
        Ran dear = run("deposit", "--stake", "9".repeat(30));
        assertEquals(1, dear.status());
        assertTrue(dear.err().contains("send it at least"), dear.err());
    }
}
