package io.walnut.ejb.iexec.cli;

import io.walnut.contracts.Address;
import io.walnut.ejb.iexec.result.ResultKey;
import io.walnut.ejb.iexec.sms.SecretAnswer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.Function;

/** {@code push-app-secret}, {@code push-requester-secret} and {@code push-result-key}. */
final class Secrets {

    private Secrets() {
    }

    static void app(Options options, Context context) throws IOException {
        Address app = options.address("app");
        Path file = options.path("secret-file");
        options.requireNoOthers();
        push(context, "the developer secret of app " + app, file, value ->
                context.client().sms().storeAppSecret(context.key(), app, value));
    }

    static void requester(Options options, Context context) throws IOException {
        String name = options.text("name");
        Path file = options.path("secret-file");
        options.requireNoOthers();
        push(context, "secret \"" + name + "\" of requester " + context.key().address(), file, value ->
                context.client().sms().storeRequesterSecret(context.key(), name, value));
    }

    /** Makes the key when the file does not exist. */
    static void resultKey(Options options, Context context) throws IOException {
        Path file = options.path("key-file");
        options.requireNoOthers();
        if (!context.sending()) {
            context.say("would: store the result key " + file + " (made when absent) for "
                    + context.key().address());
            return;
        }
        if (!Files.exists(file)) {
            byte[] made = ResultKey.generate().pkcs8();
            SecretFiles.write(file, made);
            Arrays.fill(made, (byte) 0);
        }
        byte[] pkcs8 = Files.readAllBytes(file);
        try {
            report(context, "the result key of " + context.key().address(),
                    context.client().sms().storeResultKey(context.key(), ResultKey.of(pkcs8)));
        } finally {
            Arrays.fill(pkcs8, (byte) 0);
        }
    }

    private static void push(Context context, String what, Path file, Function<byte[], SecretAnswer> store) throws IOException {
        byte[] value = Files.readAllBytes(file);
        try {
            if (value.length > 0 && value[value.length - 1] == '\n') {
                throw new CommandFailure(file + " ends with a line break, which would be part of the secret:"
                        + " remove it, or write the file with printf %s");
            }
            if (context.sending()) {
                report(context, what, store.apply(value));
            } else {
                context.say("would: store " + what + " (" + value.length + " bytes)");
            }
        } finally {
            Arrays.fill(value, (byte) 0);
        }
    }

    static void report(Context context, String what, SecretAnswer answer) {
        switch (answer) {
            case SecretAnswer.Stored stored -> context.say("did:   stored " + what);
            case SecretAnswer.AlreadyStored there -> context.say("found: the service holds " + what
                    + " already, and does not change it");
            case SecretAnswer.Refused refused -> throw new CommandFailure(refused.code() + ": " + refused.message());
        }
    }
}
