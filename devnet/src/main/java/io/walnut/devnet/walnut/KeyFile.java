package io.walnut.devnet.walnut;

import io.walnut.contracts.Hex;
import io.walnut.devnet.rpc.Account;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import org.web3j.crypto.Wallet;
import org.web3j.crypto.exception.CipherException;
import tools.jackson.databind.json.JsonMapper;

/** A key as a Web3 Secret Storage file, with its password in a file beside it. */
record KeyFile(Path keystore, Path password) {

    static KeyFile write(Path folder, String name, Account account) throws IOException {
        byte[] random = new byte[16];
        new SecureRandom().nextBytes(random);
        String password = Hex.digits(random);
        try {
            byte[] json = JsonMapper.shared().writeValueAsBytes(Wallet.createLight(password, account.keys()));
            Path keystore = secret(folder.resolve(name + ".json"), json);
            byte[] text = password.getBytes(StandardCharsets.US_ASCII);
            return new KeyFile(keystore, secret(folder.resolve(name + ".password"), text));
        } catch (CipherException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Path secret(Path file, byte[] content) throws IOException {
        Files.deleteIfExists(file);
        if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        }
        return Files.write(file, content);
    }
}
