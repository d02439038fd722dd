package io.walnut.enclave.signing;

import io.walnut.contracts.Secp256k1;
import io.walnut.enclave.RefusalCode;
import io.walnut.enclave.Refused;

/**
 * Which library signs. It is chosen by the system property {@value #PROPERTY}, which the image sets and
 * its measurement covers; when the chosen one cannot be loaded, nothing is signed.
 */
public enum SigningLibrary {
    LIBSECP256K1("libsecp256k1"),
    BOUNCY_CASTLE("bouncycastle");

    public static final String PROPERTY = "walnut.signing-library";

    private final String propertyValue;

    SigningLibrary(String propertyValue) {
        this.propertyValue = propertyValue;
    }

    /** @param propertyValue null for libsecp256k1 */
    public static SigningLibrary chosen(String propertyValue) throws Refused {
        for (SigningLibrary library : values()) {
            if (propertyValue == null || library.propertyValue.equals(propertyValue)) {
                return library;
            }
        }
        throw new Refused(RefusalCode.SIGNING_LIBRARY_UNAVAILABLE);
    }

    public Secp256k1 load() throws Refused {
        try {
            return switch (this) {
                case LIBSECP256K1 -> Secp256k1.nativeLibrary();
                case BOUNCY_CASTLE -> Secp256k1.bouncyCastle();
            };
        } catch (IllegalStateException | LinkageError e) {
            throw new Refused(RefusalCode.SIGNING_LIBRARY_UNAVAILABLE);
        }
    }
}
