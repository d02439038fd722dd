package io.walnut.ejb.iexec;

import io.walnut.contracts.Secp256k1;
import io.walnut.ejb.iexec.order.Uint256;
import org.web3j.crypto.WalletUtils;
import org.web3j.crypto.exception.CipherException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** A key in a Web3 Secret Storage file, whose password stands alone in another file. */
public record KeystoreFile(Path keystore, Path passwordFile) {

    /**
     * @return the key; the caller closes it
     * @throws IexecException CONFIGURATION
     */
    public SigningKey open(Secp256k1 curve) {
        byte[] key = new byte[0];
        try {
            String password = Files.readString(passwordFile).strip();
            key = Uint256.word(WalletUtils.loadCredentials(password, keystore.toFile()).getEcKeyPair().getPrivateKey());
            return new SigningKey(key, curve);
        } catch (IOException e) {
            throw new IexecException(IexecException.Code.CONFIGURATION,
                    "cannot read the key file " + keystore + " or its password file " + passwordFile, e);
        } catch (CipherException e) {
            throw new IexecException(IexecException.Code.CONFIGURATION,
                    "the password in " + passwordFile + " does not open " + keystore, e);
        } finally {
            Arrays.fill(key, (byte) 0);
        }
    }
}
