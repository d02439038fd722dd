package io.walnut.devnet.worker;

import io.walnut.contracts.Bytes32;
import io.walnut.contracts.Hex;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What apps have computed, in files: a worker that was killed after its contribution still has to reveal the
 * digest that it committed to.
 */
final class Outcomes {

    private final Path folder;

    Outcomes(Path folder) {
        this.folder = folder;
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void keep(Bytes32 task, Execution.Done done) {
        byte[] json = JsonMapper.shared().writeValueAsBytes(JsonMapper.shared().createObjectNode()
                .put("digest", done.digest().toString()).put("location", done.location())
                .put("callback", Hex.encode(done.callback())));
        try {
            Path half = Files.write(folder.resolve(task + ".half"), json);
            Files.move(half, file(task), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Optional<Execution.Done> find(Bytes32 task) {
        if (!Files.exists(file(task))) {
            return Optional.empty();
        }
        try {
            JsonNode json = JsonMapper.shared().readTree(Files.readAllBytes(file(task)));
            return Optional.of(new Execution.Done(Bytes32.parse(json.path("digest").asString()),
                    json.path("location").asString(), Hex.decode(json.path("callback").asString())));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path file(Bytes32 task) {
        return folder.resolve(task + ".json");
    }
}
