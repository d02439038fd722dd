package io.walnut.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.walnut.ejb.health.PortalHealth;
import io.walnut.web.batch.BatchInput;
import io.walnut.web.batch.BatchView;
import io.walnut.web.batch.DepositView;
import io.walnut.web.batch.PaymentView;
import io.walnut.web.claim.ClaimInput;
import io.walnut.web.claim.ClaimView;
import io.walnut.web.event.EventView;
import io.walnut.web.link.LinkMailInput;
import io.walnut.web.link.LinkMailView;
import io.walnut.ejb.privacy.PrivacyPreview;
import io.walnut.ejb.privacy.PrivacyReport;
import io.walnut.web.link.LinkView;
import io.walnut.web.privacy.PreviewInput;
import io.walnut.web.settings.SettingsResource;
import io.walnut.web.status.Checks;
import io.walnut.web.status.EscrowResource;
import io.walnut.web.status.LoginResource;
import io.walnut.web.status.MeResource;
import io.walnut.web.webhook.WebhookResource;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.io.IOException;
import java.io.InputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** The description that is served is the API that is there. */
class OpenApiTest {
    private static final Map<String, Class<? extends Record>> SCHEMAS = Map.ofEntries(
        Map.entry("BatchInput", BatchInput.class), Map.entry("PaymentInput", BatchInput.PaymentInput.class),
        Map.entry("Batch", BatchView.class), Map.entry("Payment", PaymentView.class),
        Map.entry("Deposit", DepositView.class),
        Map.entry("Transaction", DepositView.Transaction.class), Map.entry("Link", LinkView.class),
        Map.entry("LinkMailInput", LinkMailInput.class), Map.entry("LinkMail", LinkMailView.class),
        Map.entry("Event", EventView.class), Map.entry("ClaimInput", ClaimInput.class),
        Map.entry("Claim", ClaimView.class), Map.entry("Escrow", EscrowResource.EscrowView.class),
        Map.entry("Privacy", PrivacyReport.class), Map.entry("TokenPrivacy", PrivacyReport.TokenPrivacy.class),
        Map.entry("PreviewInput", PreviewInput.class), Map.entry("Preview", PrivacyPreview.class),
        Map.entry("Health", PortalHealth.Report.class), Map.entry("Me", MeResource.Me.class), Map.entry("Login", LoginResource.Login.class),
        Map.entry("Settings", SettingsResource.SettingsView.class),
        Map.entry("Keys", SettingsResource.KeysView.class), Map.entry("Signer", SettingsResource.SignerView.class),
        Map.entry("SealingKeys", SettingsResource.SealingView.class),
        Map.entry("User", SettingsResource.UserView.class),
        Map.entry("Checks", Checks.class), Map.entry("Check", Checks.Check.class),
        Map.entry("WebhookEndpoint", WebhookResource.EndpointView.class));

    private final JsonNode document = read();

    private static JsonNode read() {
        try (InputStream in = OpenApiTest.class.getResourceAsStream("/META-INF/openapi.json")) {
            return new ObjectMapper().readTree(in);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void everyOperationIsDescribedAndEveryDescribedOneIsThere() {
        Set<String> described = new TreeSet<>();
        document.path("paths").fields().forEachRemaining(path -> path.getValue().fieldNames().forEachRemaining(
            method -> described.add(method.toUpperCase(Locale.ROOT) + ' ' + path.getKey())));
        Set<String> there = new TreeSet<>();
        new ClassFileImporter().withImportOption(new ImportOption.DoNotIncludeTests()).importPackages("io.walnut.web")
            .stream().filter(c -> c.isAnnotatedWith(Path.class)).forEach(c -> operations(c.reflect(), there));
        assertEquals(there, described);
    }

    private static void operations(Class<?> resource, Set<String> found) {
        for (Method method : resource.getDeclaredMethods()) {
            for (Annotation annotation : method.getAnnotations()) {
                HttpMethod http = annotation.annotationType().getAnnotation(HttpMethod.class);
                if (http != null) {
                    Path sub = method.getAnnotation(Path.class);
                    found.add(http.value() + " /api/v1/" + resource.getAnnotation(Path.class).value()
                        + (sub == null ? "" : '/' + sub.value()));
                }
            }
        }
    }

    @Test
    void everySchemaHasTheFieldsOfItsRecord() {
        var snake = new PropertyNamingStrategies.SnakeCaseStrategy();
        SCHEMAS.forEach((name, type) -> {
            Set<String> fields = Arrays.stream(type.getRecordComponents()).map(c -> snake.translate(c.getName()))
                .collect(Collectors.toCollection(TreeSet::new));
            Set<String> described = new TreeSet<>();
            document.path("components").path("schemas").path(name).path("properties").fieldNames()
                .forEachRemaining(described::add);
            assertEquals(fields, described, name);
        });
    }

    @Test
    void everyFieldIsDescribed() {
        document.path("components").path("schemas").fields().forEachRemaining(s -> described(s.getKey(), s.getValue()));
    }

    private static void described(String path, JsonNode schema) {
        assertTrue(schema.has("description") || schema.has("$ref")
            || StreamSupport.stream(schema.path("oneOf").spliterator(), false).anyMatch(o -> o.has("$ref")), path);
        schema.path("properties").fields().forEachRemaining(p -> described(path + '.' + p.getKey(), p.getValue()));
    }

    /** A reader, and a generator of clients, sees for every value how it looks; a list of all values will do, too. */
    @Test
    void everyValueAndParameterHasAnExample() {
        document.path("components").path("schemas").fields().forEachRemaining(s -> exemplified(s.getKey(), s.getValue()));
        document.path("paths").fields().forEachRemaining(path -> path.getValue().fields().forEachRemaining(operation -> {
            String name = operation.getKey() + ' ' + path.getKey();
            operation.getValue().path("parameters").forEach(parameter -> {
                assertTrue(parameter.has("description"), name);
                exemplified(name + ' ' + parameter.path("name").asText(), parameter.path("schema"));
            });
            contents(name, operation.getValue().path("requestBody"));
            operation.getValue().path("responses").forEach(response -> contents(name, response));
        }));
    }

    private static void contents(String path, JsonNode holder) {
        holder.path("content").forEach(content -> {
            described(path, content.path("schema"));
            exemplified(path, content.path("schema"));
        });
    }

    private static void exemplified(String path, JsonNode schema) {
        JsonNode type = schema.path("type").isArray() ? schema.path("type").get(0) : schema.path("type");
        if (List.of("string", "integer", "boolean", "number").contains(type.asText())) {
            assertTrue(schema.has("examples") || schema.has("enum") || schema.has("default"), () -> path + " has no example");
        }
        schema.path("properties").fields().forEachRemaining(p -> exemplified(path + '.' + p.getKey(), p.getValue()));
        if (schema.has("items")) {
            exemplified(path + "[]", schema.path("items"));
        }
    }
}
