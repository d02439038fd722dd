package io.walnut.web.problem;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.walnut.ejb.shared.Refusal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Callers decide by codes: every code that the sources can give is in the table of docs/api.md, with its status. */
class ProblemCodesTest {
    private static final Pattern REFUSAL = Pattern.compile("Refusal\\.of\\(\\s*(?:Refusal\\.)?Kind\\.([A-Z_]+),\\s*\"([a-z_]+)\"");
    private static final Pattern ANY_REFUSAL = Pattern.compile("Refusal\\.of\\(");
    private static final Pattern NOT_FOUND = Pattern.compile("Refusal\\.notFound\\(\"([a-z_]+)\"");
    private static final Pattern RESPONSE = Pattern.compile("Problem\\.response\\((\\d{3}), \"([a-z_]+)\"");
    private static final Pattern BY_STATUS = Pattern.compile("case (\\d{3}) -> \"([a-z_]+)\"");
    private static final Pattern ROW = Pattern.compile("^\\| `([a-z_]+)` \\| ([0-9]{3}) \\|", Pattern.MULTILINE);

    @Test
    void everyCodeIsDocumentedWithItsStatusAndEveryDocumentedCodeCanBeGiven() throws IOException {
        var given = new TreeMap<String, Integer>(Map.of("invalid_request", 400, "bad_request", 400));
        for (Path source : sources()) {
            String text = Files.readString(source);
            REFUSAL.matcher(text).results().forEach(m ->
                given.put(m.group(2), ProblemMapper.status(Refusal.Kind.valueOf(m.group(1)))));
            NOT_FOUND.matcher(text).results().forEach(m -> given.put(m.group(1) + "_not_found", 404));
            RESPONSE.matcher(text).results().forEach(m -> given.put(m.group(2), Integer.valueOf(m.group(1))));
            BY_STATUS.matcher(text).results().forEach(m -> given.put(m.group(2), Integer.valueOf(m.group(1))));
        }
        Map<String, Integer> documented = ROW.matcher(Files.readString(Path.of("../docs/api.md"))).results()
            .collect(Collectors.toMap(m -> m.group(1), m -> Integer.valueOf(m.group(2)), (a, b) -> a, TreeMap::new));
        assertEquals(given, documented);
    }

    /** What is written otherwise would slip through the test above. */
    @Test
    void everyRefusalSaysItsKindAndCodeWhereItIsMade() throws IOException {
        for (Path source : sources()) {
            String text = Files.readString(source);
            assertEquals(ANY_REFUSAL.matcher(text).results().count(), REFUSAL.matcher(text).results().count(), source::toString);
        }
    }

    private static List<Path> sources() {
        List<Path> all = Stream.of("../ejb/src/main/java", "src/main/java").flatMap(ProblemCodesTest::javaBelow).toList();
        assertTrue(all.size() > 100, "the sources are there");
        return all;
    }

    private static Stream<Path> javaBelow(String folder) {
        try (Stream<Path> files = Files.walk(Path.of(folder))) {
            return files.filter(f -> f.toString().endsWith(".java")).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
