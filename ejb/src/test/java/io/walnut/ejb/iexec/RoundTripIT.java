package io.walnut.ejb.iexec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.walnut.contracts.Address;
import io.walnut.contracts.Bytes32;
import io.walnut.devnet.Framework;
import io.walnut.ejb.iexec.hub.Matching;
import io.walnut.ejb.iexec.hub.TaskCursor;
import io.walnut.ejb.iexec.hub.TaskStatus;
import io.walnut.ejb.iexec.market.OfferSearch;
import io.walnut.ejb.iexec.order.RequestTerms;
import io.walnut.ejb.iexec.order.TaskRequest;
import io.walnut.ejb.iexec.result.ResultArchive;
import io.walnut.ejb.iexec.result.ResultGateways;
import io.walnut.ejb.iexec.sms.SecretAnswer;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;

/** A task from request to decrypted result, by our client alone, for both frameworks; each step done twice. */
@Timeout(180)
class RoundTripIT {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    @ParameterizedTest
    @EnumSource(Framework.class)
    void aTaskRunsFromRequestToDecryptedResultAndNoStepIsDoneTwice(Framework framework, @TempDir Path dir) {
        try (var net = new DevnetFixture(dir, framework)) {
            net.client.sender().send(net.client.funds().deposit(BigInteger.valueOf(1_000_000_000)), net.requester);
            Address app = net.app();
            assertTrue(net.client.sms().storeAppSecret(net.requester, app, ascii("developer's")).isStored());
            assertFalse(net.client.sms().hasResultKey(net.requester.address()));
            assertTrue(net.client.sms().storeResultKey(net.requester, net.resultKey).isStored());
            assertTrue(net.client.sms().storeResultKey(net.requester, net.resultKey).isStored());

            TaskRequest request = net.request(app, Address.ZERO);
            assertNothingIsDoneYet(net, request);
            net.storeSecrets(request);
            TaskCursor cursor = net.client.tasks().now();
            net.match(request);

            assertEverythingIsDoneAlready(net, request);
            var task = net.await(request, cursor, TaskStatus.COMPLETED, LIMIT);
            assertEquals(net.client.hub().task(request.task()), task);
            var archive = assertInstanceOf(ResultGateways.Download.Archive.class,
                    net.client.results().fetch(task.result().orElseThrow()));
            var files = assertInstanceOf(ResultArchive.Opened.Files.class,
                    ResultArchive.open(archive.bytes(), net.resultKey)).files();
            assertEquals("app=developer's\n1=value of " + request.secretNames().get(0) + "\n2=value of "
                            + request.secretNames().get(1) + "\ndataset=none\ntask=" + request.task() + "\n",
                    new String(files.get("result.txt"), StandardCharsets.UTF_8));
        }
    }

    private static void assertNothingIsDoneYet(DevnetFixture net, TaskRequest request) {
        request.secretNames().forEach(name ->
                assertFalse(net.client.sms().hasRequesterSecret(net.requester.address(), name)));
        assertTrue(net.client.hub().deal(request.deal()).isEmpty());
    }

    private static void assertEverythingIsDoneAlready(DevnetFixture net, TaskRequest request) {
        request.secretNames().forEach(name -> assertEquals(new SecretAnswer.AlreadyStored(),
                net.client.sms().storeRequesterSecret(net.requester, name, ascii("another value"))));
        var matched = assertInstanceOf(Matching.Plan.Matched.class, net.plan(request));
        assertEquals(request.deal(), matched.deal().id());
        assertEquals(request.task(), matched.deal().task(0));
    }

    @ParameterizedTest
    @EnumSource(value = Framework.class, names = "TDX")
    void servicesAnswerAsTheirRulesSay(Framework framework, @TempDir Path dir) {
        try (var net = new DevnetFixture(dir, framework)) {
            foreignSecretsAreRefusedByName(net);
            missingOffersAreNamed(net);
        }
    }

    private static void foreignSecretsAreRefusedByName(DevnetFixture net) {
        var app = net.devnet.walnut().app();
        var dataset = net.devnet.walnut().dataset();
        // Both exist, with secrets of their owners: the service says only that, and to nobody who may change it.
        assertEquals(new SecretAnswer.AlreadyStored(),
                net.client.sms().storeAppSecret(net.requester, app, ascii("mine now")));
        assertTrue(net.client.sms().hasAppSecret(app));
        assertTrue(net.client.sms().hasDatasetKey(dataset));
        Address ownApp = net.app();
        try (var stranger = new SigningKey(random().bytes(), io.walnut.contracts.Secp256k1.bouncyCastle())) {
            var refused = assertInstanceOf(SecretAnswer.Refused.class,
                    net.client.sms().storeAppSecret(stranger, ownApp, ascii("mine now")));
            assertEquals(SecretAnswer.Code.SMS_WRONG_SIGNER, refused.code());
            assertEquals(401, refused.status());
        }
        assertFalse(net.client.sms().hasAppSecret(ownApp));
        assertThrows(IllegalArgumentException.class,
                () -> net.client.sms().storeRequesterSecret(net.requester, "a/b", ascii("x")));
        assertThrows(IllegalArgumentException.class,
                () -> net.client.sms().storeRequesterSecret(net.requester, "a", new byte[4_097]));
    }

    private static Bytes32 random() {
        return DevnetFixture.random();
    }

    private static void missingOffersAreNamed(DevnetFixture net) {
        Address app = net.app();
        assertEquals(OfferSearch.Code.NO_APP_ORDER, missing(net, terms(net, Address.ZERO, 0, 1_000_000_000)));
        assertEquals(OfferSearch.Code.NO_WORKERPOOL_ORDER, missing(net, terms(net, app, 0, 1)));
        assertEquals(OfferSearch.Code.NO_WORKERPOOL_ORDER, missing(net, terms(net, app, 99, 1_000_000_000)));
        TaskRequest request = net.request(app, Address.ZERO);
        Bytes32 appOrder = net.client.hub().domain().hash(net.offer(request).app().order());
        assertEquals(OfferSearch.Code.NO_APP_ORDER, assertInstanceOf(OfferSearch.Found.Missing.class,
                net.client.offers().search(request.order(), Set.of(appOrder))).code());
    }

    private static RequestTerms terms(DevnetFixture net, Address app, long category, long price) {
        return new RequestTerms(app.isZero() ? net.requester.address() : app, Address.ZERO, Address.ZERO,
                net.client.network().framework(), BigInteger.valueOf(category), BigInteger.valueOf(price));
    }

    private static OfferSearch.Code missing(DevnetFixture net, RequestTerms terms) {
        var request = TaskRequest.create(terms, net.requester.address(), 0, random(), net.client.hub().domain());
        return assertInstanceOf(OfferSearch.Found.Missing.class,
                net.client.offers().search(request.order(), Set.of())).code();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
