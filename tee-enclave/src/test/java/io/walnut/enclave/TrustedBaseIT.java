package io.walnut.enclave;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What is in the jar, against the list that people read. */
class TrustedBaseIT {

    private static final Path LIST = Path.of("../docs/enclave/trusted-base.md");

    /** Each package of the jar with its number of files, as the table in the document has it. */
    @Test
    void theJarHoldsWhatTheDocumentLists() throws IOException {
        var counts = new TreeMap<String, Integer>();
        try (var jar = new JarFile("target/walnut-enclave.jar")) {
            jar.stream().filter(entry -> !entry.isDirectory()).map(JarEntry::getName)
                    .forEach(name -> counts.merge(origin(name), 1, Integer::sum));
        }
        String table = counts.entrySet().stream().map(entry -> "| `" + entry.getKey() + "` | " + entry.getValue() + " |")
                .collect(Collectors.joining("\n"));
        String listed = Files.readAllLines(LIST).stream().filter(line -> line.matches("\\| `[^`]+` \\| \\d+ \\|"))
                .collect(Collectors.joining("\n"));
        assertEquals(listed, table);
    }

    @Test
    void theJarNeedsTwoModulesOfTheJdk() throws IOException, InterruptedException {
        Process jdeps = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin/jdeps").toString(),
                "--ignore-missing-deps", "--print-module-deps", "target/walnut-enclave.jar")
                .redirectErrorStream(true).start();
        String modules = new String(jdeps.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        assertEquals(true, jdeps.waitFor(60, TimeUnit.SECONDS));
        assertEquals("java.base,java.logging", modules);
    }

    @Test
    void ourCodeUsesNoReflectionSerializationOrLogging() throws IOException {
        for (Path root : List.of(Path.of("src/main/java"), Path.of("../contracts/src/main/java"))) {
            try (var files = Files.walk(root)) {
                for (Path file : files.filter(path -> path.toString().endsWith(".java")).toList()) {
                    String source = Files.readString(file);
                    for (String banned : List.of("java.lang.reflect", "Class.forName", "ObjectInputStream",
                            "java.util.logging", "printStackTrace", "System.Logger")) {
                        assertFalse(source.contains(banned), file + " uses " + banned);
                    }
                }
            }
        }
    }

    private static String origin(String name) {
        for (String prefix : List.of("io/walnut/enclave", "io/walnut/contracts", "fr/acinq/secp256k1",
                "com/fasterxml/jackson/core", "org/bouncycastle/asn1", "org/bouncycastle/crypto",
                "org/bouncycastle/math", "org/bouncycastle/util", "org/bouncycastle/internal", "META-INF")) {
            if (name.startsWith(prefix + "/")) {
                return prefix;
            }
        }
        return name;
    }
}
