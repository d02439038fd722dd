package io.walnut.ejb.iexec.cli;

import io.walnut.contracts.Address;
import io.walnut.ejb.iexec.dataset.EncryptedDataset;
import io.walnut.ejb.iexec.hub.Registries;
import io.walnut.ejb.iexec.hub.Resource;
import io.walnut.ejb.iexec.result.ResultLocation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;

/** {@code deploy-app} and {@code deploy-dataset}. */
final class Deployments {

    private Deployments() {
    }

    static void app(Options options, Context context) throws IOException {
        String enclave = options.find("enclave").isPresent()
                ? Files.readString(options.path("enclave")).strip() : "";
        var app = new Resource.App(context.key().address(), options.text("name"), options.text("image"),
                options.bytes32("checksum"), enclave);
        options.requireNoOthers();
        requireEnclaveFits(context, enclave);
        register(context, app);
    }

    /** SCONE apps describe their enclave; the TDX network wants that left empty. */
    private static void requireEnclaveFits(Context context, String enclave) {
        switch (context.client().network().framework()) {
            case SCONE -> {
                if (enclave.isEmpty()) {
                    throw new Options.UsageException("a SCONE app needs --enclave FILE with its JSON description"
                            + " (framework, version, entrypoint, heapSize, fingerprint)");
                }
            }
            case TDX -> {
                if (!enclave.isEmpty()) {
                    throw new Options.UsageException("a TDX app has no --enclave description: leave it out");
                }
            }
        }
    }

    /**
     * Each step leaves its result in the work folder, so that after a failure the same command goes on with
     * the same key, the same encrypted bytes and therefore the same data set.
     */
    static void dataset(Options options, Context context) throws IOException {
        String name = options.text("name");
        Path file = options.path("file");
        Path work = options.path("work");
        options.requireNoOthers();
        if (!context.sending()) {
            context.say("would: encrypt " + file + " (" + Files.size(file) + " bytes) with a new key kept in " + work);
            context.say("would: upload the encrypted file, register data set \"" + name + "\" of "
                    + context.key().address() + ", and store its key at the secret management service");
            return;
        }
        Files.createDirectories(work);
        byte[] key = key(work.resolve("dataset.key"));
        try {
            EncryptedDataset encrypted = encrypted(work.resolve("dataset.enc"), file, key);
            ResultLocation location = context.client().uploads().store(encrypted.bytes());
            context.say("did:   uploaded " + encrypted.bytes().length + " bytes to " + location.path());
            Address dataset = register(context, new Resource.Dataset(
                    context.key().address(), name, location.path(), encrypted.checksum()));
            byte[] secret = EncryptedDataset.smsValue(key);
            Secrets.report(context, "the key of data set " + dataset,
                    context.client().sms().storeDatasetKey(context.key(), dataset, secret));
            Arrays.fill(secret, (byte) 0);
        } finally {
            Arrays.fill(key, (byte) 0);
        }
    }

    private static byte[] key(Path file) throws IOException {
        if (Files.exists(file)) {
            return Base64.getDecoder().decode(Files.readString(file).strip());
        }
        byte[] key = EncryptedDataset.newKey();
        SecretFiles.write(file, Base64.getEncoder().encode(key));
        return key;
    }

    private static EncryptedDataset encrypted(Path file, Path plain, byte[] key) throws IOException {
        if (!Files.exists(file)) {
            byte[] content = Files.readAllBytes(plain);
            try {
                Files.write(file, EncryptedDataset.encrypt(content, key).bytes());
            } finally {
                Arrays.fill(content, (byte) 0);
            }
        }
        return EncryptedDataset.ofBytes(Files.readAllBytes(file));
    }

    private static Address register(Context context, Resource resource) {
        return switch (context.client().registries().plan(resource)) {
            case Registries.Plan.Registered registered -> {
                context.say("found: " + resource.kind() + " " + registered.address() + " is registered already");
                yield registered.address();
            }
            case Registries.Plan.Create create -> {
                context.send(create.call());
                context.say("       " + resource.kind() + " " + create.address());
                yield create.address();
            }
        };
    }
}
