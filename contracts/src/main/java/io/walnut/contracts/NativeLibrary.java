package io.walnut.contracts;

import fr.acinq.secp256k1.Secp256k1CFunctions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Loads libsecp256k1 with its JNI functions, once. The binding's own loader is not used, because it and
 * the Kotlin library that it needs are larger than everything else in the enclave.
 */
final class NativeLibrary {

    /** The file to load. Without it, the library is unpacked from the class path to a temporary file. */
    static final String PATH_PROPERTY = "walnut.secp256k1.path";

    private NativeLibrary() {
    }

    /** The library's context; threads share it, because they only read it. */
    static final class Context {

        static final long HANDLE = create();

        private Context() {
        }

        private static long create() {
            load();
            return Secp256k1CFunctions.secp256k1_context_create(
                    Secp256k1CFunctions.SECP256K1_CONTEXT_SIGN | Secp256k1CFunctions.SECP256K1_CONTEXT_VERIFY);
        }
    }

    private static void load() {
        String path = System.getProperty(PATH_PROPERTY);
        if (path != null) {
            System.load(path);
            return;
        }
        try {
            Path unpacked = unpack();
            try {
                System.load(unpacked.toString());
            } finally {
                // Loaded code stays mapped after its file is gone; where it does not, the system cleans up.
                Files.deleteIfExists(unpacked);
            }
        } catch (IOException e) {
            throw new IllegalStateException("libsecp256k1 cannot be unpacked to a temporary file", e);
        }
    }

    private static Path unpack() throws IOException {
        boolean mac = System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("mac");
        boolean arm = System.getProperty("os.arch").equals("aarch64");
        String resource = "/fr/acinq/secp256k1/jni/native/%s-%s/libsecp256k1-jni.%s".formatted(
                mac ? "darwin" : "linux", arm ? "aarch64" : "x86_64", mac ? "dylib" : "so");
        try (InputStream in = NativeLibrary.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("there is no libsecp256k1 for this system on the class path");
            }
            Path file = Files.createTempFile("libsecp256k1-jni", null);
            Files.write(file, in.readAllBytes());
            return file;
        }
    }
}
