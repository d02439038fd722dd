package io.walnut.ear;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** A client is generated from the description that the server gives of itself, compiled against it, and used. */
@ExtendWith(ArquillianExtension.class)
class GeneratedClientIT {
    private static final Path SOURCES = Path.of("src/test/client");
    private static final int MINUTES = 15;

    @Deployment(testable = false)
    static EnterpriseArchive portal() {
        return ShrinkWrap.createFromZipFile(EnterpriseArchive.class, new File(System.getProperty("walnut.it.ear")));
    }

    @Test
    void aClientGeneratedFromTheDescriptionDoesATreasurersWork() throws Exception {
        Path work = Path.of(System.getProperty("walnut.it.dir"), "client");
        Files.createDirectories(work);
        for (String file : List.of("package.json", "package-lock.json", "tsconfig.json", "client.ts", ".npmrc")) {
            Files.copy(SOURCES.resolve(file), work.resolve(file));
        }
        Files.writeString(work.resolve("openapi.json"),
            RawHttp.send(TestBed.portal(), "GET", "/openapi?format=JSON", List.of(), null).body());
        run(work, "npm", "ci", "--prefer-offline", "--no-audit", "--no-fund");
        run(work, "node_modules/.bin/openapi-typescript", "openapi.json", "--output", "schema.d.ts");
        run(work, "node_modules/.bin/tsc");
        String printed = run(work, "node", "out/client.js", TestBed.portal().toString());

        JsonNode done = new ObjectMapper().readTree(printed.strip().lines().reduce((a, b) -> b).orElseThrow());
        assertTrue(done.get("once").asBoolean(), "an idempotent POST");
        assertEquals("33", done.get("total").asString());
        assertEquals("[\"G-1=11\",\"G-2=22\"]", done.get("drafted").toString());
        assertEquals("[\"G-1=11\",\"G-2=22\"]", sorted(done.get("links")));
        assertEquals("submitted", done.get("submitted").asString());
        assertEquals("awaiting_deposit", done.get("approved").asString());
        assertEquals("403 approval_by_submitter ", done.get("same").asString());
        assertEquals("400 invalid_request payments[0].amount,payments[1].amount", done.get("bad").asString());
        assertEquals("404 batch_not_found ", done.get("none").asString());
    }

    private static String sorted(JsonNode texts) {
        return texts.valueStream().map(JsonNode::toString).sorted().toList().toString().replace(", ", ",");
    }

    private static String run(Path work, String... command) throws IOException, InterruptedException {
        Path output = work.resolve("output.log");
        Process process = new ProcessBuilder(command).directory(work.toFile()).redirectErrorStream(true)
            .redirectOutput(output.toFile()).start();
        try {
            assertTrue(process.waitFor(MINUTES, TimeUnit.MINUTES), () -> String.join(" ", command) + " takes too long");
        } finally {
            process.destroyForcibly();
        }
        String printed = Files.readString(output, StandardCharsets.UTF_8);
        assertEquals(0, process.exitValue(), () -> String.join(" ", command) + ":\n" + printed);
        return printed;
    }
}
