package io.walnut.devnet.worker;

import io.walnut.contracts.Bytes32;
import io.walnut.contracts.Hex;
import io.walnut.contracts.Keccak;
import io.walnut.devnet.DevnetOptions;
import io.walnut.devnet.Framework;
import io.walnut.devnet.fault.Faults;
import io.walnut.devnet.fault.Faults.Fault;
import io.walnut.devnet.poco.Deal;
import io.walnut.devnet.poco.Hub;
import io.walnut.devnet.store.IpfsStore;
import io.walnut.devnet.store.Multiaddr;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What happens inside iExec's trusted environment before, while and after an app runs: secrets and dataset
 * are provided, the app runs as a process of its own, its result is packed, encrypted and stored.
 */
final class AppRunner {

    /** What ends a run without a result; the message holds no secret. */
    private static final class CannotRun extends Exception {

        private static final long serialVersionUID = 1L;

        CannotRun(String message) {
            super(message);
        }
    }

    private static final String RESULT_KEY = "iexec-result-encryption-public-key";
    private static final Duration SLOW = Duration.ofSeconds(10);
    private static final FileAttribute<?> OWNER_ONLY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
    private static final int MAX_SHOWN = 20_000;
    private static final String REDACTED = "[redacted]";

    private final DevnetOptions options;
    private final Hub hub;
    private final Secrets secrets;
    private final IpfsStore store;
    private final Faults faults;

    AppRunner(DevnetOptions options, Hub hub, Services services) {
        this.options = options;
        this.hub = hub;
        this.secrets = services.secrets();
        this.store = services.store();
        this.faults = services.faults();
    }

    /** @param limit how long the deal's category lets the app run */
    Execution run(Deal deal, TaskRecord task, Duration limit) throws InterruptedException {
        Path folder = options.dir().resolve("tasks").resolve(task.id().toString());
        try {
            if (faults.isOn(Fault.SLOW_TASK)) {
                task.note("the app waits, because the fault switch says so");
                Thread.sleep(SLOW);
            }
            return run(deal, task, limit, folder);
        } catch (CannotRun e) {
            return new Execution.Failed(e.getMessage());
        } catch (IOException | GeneralSecurityException e) {
            return new Execution.Failed(e.getClass().getSimpleName() + ": " + e.getMessage());
        } finally {
            delete(folder);
        }
    }

    private Execution run(Deal deal, TaskRecord task, Duration limit, Path folder)
            throws CannotRun, IOException, GeneralSecurityException, InterruptedException {
        checkFramework(deal);
        privateFolder(folder);
        Path in = Files.createDirectories(folder.resolve("iexec_in"));
        Path out = Files.createDirectories(folder.resolve("iexec_out"));
        DealParams params = DealParams.parse(deal.params());
        Map<String, String> environment = environment(deal, task, params, in, out);
        provideDataset(deal, in, task);
        provideInputFiles(params, in);
        var command = new ArrayList<>(command(deal));
        command.addAll(params.arguments());
        task.note("app starts");
        Path output = folder.resolve("output.log");
        AppProcess.Ended ended = AppProcess.run(command, environment, folder, options.appMemory(), limit, output);
        task.ran(shown(output, environment), ended.exit());
        task.note("app ended with status " + ended.exit());
        if (ended.timedOut()) {
            throw new CannotRun("the app was stopped after the " + limit.toSeconds() + " s of its category");
        }
        if (ended.exit() != 0) {
            throw new CannotRun("the app ended with status " + ended.exit());
        }
        return result(deal, task, params, out);
    }

    /** Others on the machine may not read what was decrypted. */
    private static void privateFolder(Path folder) throws IOException {
        Files.createDirectories(folder.getParent());
        // What a worker has left that was killed.
        delete(folder);
        boolean posix = folder.getFileSystem().supportedFileAttributeViews().contains("posix");
        Files.createDirectory(folder, posix ? new FileAttribute<?>[] {OWNER_ONLY} : new FileAttribute<?>[0]);
    }

    /** As the SMS does before it lets an enclave have secrets: a SCONE app must say what SGX will measure. */
    private void checkFramework(Deal deal) throws CannotRun {
        if (!isTee(deal) || Framework.TDX.isAskedBy(deal.tag())) {
            return;
        }
        if (!Framework.SCONE.isAskedBy(deal.tag())) {
            throw new CannotRun("the deal's tag asks for a framework other than SCONE and TDX");
        }
        try {
            JsonNode measurement = JsonMapper.shared().readTree(hub.appMeasurement(deal.app()));
            if (measurement.path("framework").asString("").equals("SCONE") && measurement.hasNonNull("fingerprint")) {
                return;
            }
        } catch (JacksonException e) {
            // Refused below, as a measurement of another framework is.
        }
        throw new CannotRun("the app registers no SCONE measurement, but the deal's tag asks for SCONE");
    }

    private List<String> command(Deal deal) throws CannotRun {
        String multiaddr = Multiaddr.text(hub.appMultiaddr(deal.app()));
        List<String> command = options.commands().get(multiaddr);
        if (command == null) {
            throw new CannotRun("no command is configured for the app's multiaddr " + multiaddr);
        }
        return command;
    }

    private Map<String, String> environment(Deal deal, TaskRecord task, DealParams params, Path in, Path out) {
        var environment = new LinkedHashMap<String, String>();
        environment.put("IEXEC_IN", in.toString());
        environment.put("IEXEC_OUT", out.toString());
        environment.put("IEXEC_DEAL_ID", deal.id().toString());
        environment.put("IEXEC_TASK_ID", task.id().toString());
        environment.put("IEXEC_TASK_INDEX", task.index().toString());
        environment.put("IEXEC_INPUT_FILES_FOLDER", in.toString());
        environment.put("IEXEC_INPUT_FILES_NUMBER", Integer.toString(params.inputFiles().size()));
        if (!deal.dataset().isZero()) {
            environment.put("IEXEC_DATASET_ADDRESS", deal.dataset().hex());
            environment.put("IEXEC_DATASET_FILENAME", deal.dataset().hex());
        }
        for (int n = 1; n <= params.inputFiles().size(); n++) {
            environment.put("IEXEC_INPUT_FILE_NAME_" + n, fileName(params.inputFiles().get(n - 1)));
        }
        if (isTee(deal)) {
            secrets.appSecret(deal.app()).map(AppRunner::text)
                    .ifPresent(secret -> environment.put("IEXEC_APP_DEVELOPER_SECRET", secret));
            params.secrets().forEach((number, name) -> secrets.requesterSecret(deal.requester(), name).ifPresent(
                    secret -> environment.put("IEXEC_REQUESTER_SECRET_" + number, text(secret))));
        }
        return environment;
    }

    private void provideDataset(Deal deal, Path in, TaskRecord task)
            throws CannotRun, IOException, GeneralSecurityException, InterruptedException {
        if (deal.dataset().isZero()) {
            return;
        }
        byte[] file = fetch(Multiaddr.text(hub.datasetMultiaddr(deal.dataset())));
        Bytes32 checksum = hub.datasetChecksum(deal.dataset());
        if (!checksum.equals(Bytes32.ZERO) && !Arrays.equals(checksum.bytes(), ResultPackage.sha256(file))) {
            throw new CannotRun("the dataset's checksum is not the registered one");
        }
        byte[] key = secrets.datasetKey(deal.dataset()).orElse(null);
        if (key != null) {
            try {
                file = ResultPackage.decryptDataset(file, key);
            } catch (GeneralSecurityException | IllegalArgumentException e) {
                throw new CannotRun("the dataset cannot be decrypted with the key in the SMS");
            }
        }
        Files.write(in.resolve(deal.dataset().hex()), file);
        task.note("dataset provided");
    }

    private void provideInputFiles(DealParams params, Path in) throws CannotRun, IOException, InterruptedException {
        for (String url : params.inputFiles()) {
            Files.write(in.resolve(fileName(url)), fetch(url));
        }
    }

    private byte[] fetch(String place) throws CannotRun, IOException, InterruptedException {
        if (place.startsWith("/ipfs/")) {
            return store.find(place.substring("/ipfs/".length()))
                    .orElseThrow(() -> new CannotRun("nothing is stored at " + place));
        }
        if (!place.startsWith("http://") && !place.startsWith("https://")) {
            throw new CannotRun("cannot download from " + place);
        }
        return Downloads.get(URI.create(place));
    }

    private Execution result(Deal deal, TaskRecord task, DealParams params, Path out)
            throws CannotRun, IOException, GeneralSecurityException {
        JsonNode computed = computed(out);
        if (!deal.callback().isZero()) {
            byte[] data = Hex.decode(computed.path("callback-data").asString("0x"));
            return new Execution.Done(Keccak.hash(data), "", data);
        }
        Path deterministic = Path.of(computed.path("deterministic-output-path").asString(""));
        if (!deterministic.normalize().startsWith(out) || !Files.exists(deterministic)) {
            throw new CannotRun("computed.json names no file or folder in IEXEC_OUT");
        }
        Bytes32 digest = Bytes32.of(ResultPackage.digest(deterministic));
        byte[] zip = ResultPackage.zip(out);
        if (params.encryptResult()) {
            byte[] key = secrets.web2Secret(deal.beneficiary(), RESULT_KEY)
                    .orElseThrow(() -> new CannotRun("the beneficiary has no result key in the SMS"));
            zip = ResultPackage.encrypt(zip, key);
        }
        String cid = store.add(zip);
        task.note("result stored at /ipfs/" + cid + (params.encryptResult() ? ", encrypted" : ""));
        if (faults.isOn(Fault.RESULT_MISSING)) {
            store.remove(cid);
            task.note("result removed, because the fault switch says so");
        }
        return new Execution.Done(digest, "/ipfs/" + cid, new byte[0]);
    }

    private static JsonNode computed(Path out) throws CannotRun, IOException {
        Path file = out.resolve("computed.json");
        if (!Files.isRegularFile(file)) {
            throw new CannotRun("the app wrote no computed.json to IEXEC_OUT");
        }
        try {
            return JsonMapper.shared().readTree(Files.readAllBytes(file));
        } catch (JacksonException e) {
            throw new CannotRun("the app's computed.json is no JSON");
        }
    }

    /** What the app printed, without the secrets that it was given. */
    private static String shown(Path output, Map<String, String> environment) throws IOException {
        String text = new String(Files.readAllBytes(output), StandardCharsets.UTF_8).strip();
        for (var variable : environment.entrySet()) {
            if (variable.getKey().contains("_SECRET") && !variable.getValue().isEmpty()) {
                text = text.replace(variable.getValue(), REDACTED);
            }
        }
        return text.substring(0, Math.min(text.length(), MAX_SHOWN));
    }

    private static boolean isTee(Deal deal) {
        return deal.tag().toUnsigned().testBit(0);
    }

    private static String fileName(String url) {
        String path = URI.create(url).getPath();
        return path.substring(path.lastIndexOf('/') + 1);
    }

    private static String text(byte[] secret) {
        return new String(secret, StandardCharsets.UTF_8);
    }

    private static void delete(Path folder) {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            System.err.println("devnet: the folder of a task cannot be deleted: " + e.getMessage());
        }
    }
}
