package io.walnut.ejb.iexec.result;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * Reads a small zip archive into memory. Nothing is written to a file system, so a name can do no harm
 * here; names that could do harm elsewhere are refused all the same, since callers may write what they get.
 * Sizes are counted while inflating: what the archive says of itself is not believed.
 */
final class BoundedZip {

    /** The enclave writes two files; a worker may add its logs. */
    private static final int MAX_ENTRIES = 64;
    private static final int MAX_NAME_LENGTH = 255;

    private BoundedZip() {
    }

    /** @throws MalformedArchive for anything but a well-formed archive within the limits */
    static Map<String, byte[]> read(byte[] archive, int maxTotalLength) throws MalformedArchive {
        var files = new LinkedHashMap<String, byte[]>();
        try (var zip = new ZipInputStream(new ByteArrayInputStream(archive), StandardCharsets.UTF_8)) {
            int left = maxTotalLength;
            int entries = 0;
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                if (++entries > MAX_ENTRIES) {
                    throw new MalformedArchive("more than " + MAX_ENTRIES + " files");
                }
                requireHarmless(entry.getName());
                byte[] content = inflate(zip, left);
                left -= content.length;
                if (!entry.isDirectory() && files.putIfAbsent(entry.getName(), content) != null) {
                    throw new MalformedArchive("two files of one name");
                }
            }
        } catch (IOException | IllegalArgumentException e) {
            throw new MalformedArchive("not a readable zip archive");
        }
        if (files.isEmpty()) {
            throw new MalformedArchive("no file in it");
        }
        return files;
    }

    private static byte[] inflate(ZipInputStream zip, int limit) throws IOException, MalformedArchive {
        var out = new ByteArrayOutputStream();
        byte[] buffer = new byte[8_192];
        for (int read = zip.read(buffer); read >= 0; read = zip.read(buffer)) {
            if (read > limit - out.size()) {
                throw new MalformedArchive("it inflates to more than is accepted");
            }
            out.write(buffer, 0, read);
        }
        return out.toByteArray();
    }

    private static void requireHarmless(String name) throws MalformedArchive {
        boolean harmful = name.isEmpty() || name.length() > MAX_NAME_LENGTH || name.startsWith("/")
                || name.contains("\\") || name.contains(":")
                || name.chars().anyMatch(Character::isISOControl);
        for (String part : name.split("/", -1)) {
            harmful |= part.equals("..") || part.equals(".");
        }
        if (harmful) {
            throw new MalformedArchive("a file name that points outside, or is none");
        }
    }
}
