package io.walnut.enclave.ceremony;

/** What is wrong and what to do, in one line for the person at the keyboard. Never holds a secret. */
final class CeremonyException extends Exception {

    CeremonyException(String message) {
        super(message, null, false, false);
    }
}
