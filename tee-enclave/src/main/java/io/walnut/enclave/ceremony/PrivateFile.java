package io.walnut.enclave.ceremony;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Files that hold a share: readable by their owner only, and never overwritten. */
final class PrivateFile {

    private PrivateFile() {
    }

    static void write(Path file, byte[] content) throws CeremonyException {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            try (var channel = Files.newByteChannel(file,
                    Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
                var buffer = java.nio.ByteBuffer.wrap(content);
                while (buffer.hasRemaining()) {
                    channel.write(buffer);
                }
            }
        } catch (FileAlreadyExistsException e) {
            throw new CeremonyException(file + " exists already, and a share is never overwritten: choose another --out");
        } catch (IOException e) {
            throw new CeremonyException(file + " cannot be written: check that --out is a directory of your own");
        }
    }

    static byte[] read(Path file) throws CeremonyException {
        try (var in = Files.newInputStream(file)) {
            return in.readNBytes(StatementJson.MAX_BYTES + 1);
        } catch (IOException e) {
            throw new CeremonyException(file + " cannot be read");
        }
    }
}
