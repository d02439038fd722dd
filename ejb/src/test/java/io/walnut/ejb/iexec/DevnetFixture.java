package io.walnut.ejb.iexec;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.walnut.contracts.Address;
import io.walnut.contracts.Bytes32;
import io.walnut.contracts.Secp256k1;
import io.walnut.devnet.Devnet;
import io.walnut.devnet.DevnetOptions;
import io.walnut.devnet.Framework;
import io.walnut.ejb.iexec.hub.Matching;
import io.walnut.ejb.iexec.hub.Registries;
import io.walnut.ejb.iexec.hub.Resource;
import io.walnut.ejb.iexec.hub.TaskCursor;
import io.walnut.ejb.iexec.hub.TaskState;
import io.walnut.ejb.iexec.hub.TaskStatus;
import io.walnut.ejb.iexec.hub.TaskWatch;
import io.walnut.ejb.iexec.market.Offer;
import io.walnut.ejb.iexec.market.OfferSearch;
import io.walnut.ejb.iexec.order.AppOrder;
import io.walnut.ejb.iexec.order.RequestTerms;
import io.walnut.ejb.iexec.order.SignedOrder;
import io.walnut.ejb.iexec.order.TaskRequest;
import io.walnut.ejb.iexec.result.ResultKey;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;

/** A devnet that runs {@link EchoApp}, and our client configured from the file that it writes for the portal. */
public final class DevnetFixture implements AutoCloseable {

    public final Devnet devnet;
    public final Path properties;
    public final IexecClient client;
    public final SigningKey requester;
    public final ResultKey resultKey = ResultKey.generate();

    public DevnetFixture(Path dir, Framework framework) {
        devnet = Devnet.start(DevnetOptions.in(dir).withFramework(framework)
                .withCommands(Map.of(EchoApp.IMAGE, EchoApp.command())));
        properties = dir.resolve("portal.properties");
        var config = new Properties();
        try (var in = Files.newBufferedReader(properties)) {
            config.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        config.setProperty("walnut.iexec.upload-url", devnet.ipfsUrl().toString());
        client = new IexecClient(IexecNetwork.configured(config::getProperty));
        requester = new KeystoreFile(dir.resolve("requester.json"), dir.resolve("requester.password"))
                .open(Secp256k1.bouncyCastle());
    }

    public static Bytes32 random() {
        byte[] bytes = new byte[32];
        new SecureRandom().nextBytes(bytes);
        return Bytes32.of(bytes);
    }

    /** Registers an app and offers it; the requester owns it. */
    public Address app() {
        String enclave = client.network().framework() == TeeFramework.SCONE
                ? "{\"framework\":\"SCONE\",\"version\":\"v5.9\",\"entrypoint\":\"echo\",\"heapSize\":1,"
                        + "\"fingerprint\":\"" + "00".repeat(32) + "\"}" : "";
        var create = assertInstanceOf(Registries.Plan.Create.class, client.registries().plan(
                new Resource.App(requester.address(), "echo", EchoApp.IMAGE, random(), enclave)));
        client.sender().send(create.call(), requester);
        client.orderBook().publish(SignedOrder.sign(AppOrder.open(create.address(), BigInteger.ONE,
                BigInteger.valueOf(1_000), client.network().framework().tag(), random()),
                client.hub().domain(), requester), requester);
        return create.address();
    }

    public TaskRequest request(Address app, Address dataset) {
        var terms = new RequestTerms(app, dataset, Address.ZERO, client.network().framework(), BigInteger.ZERO,
                BigInteger.valueOf(1_000_000_000));
        return TaskRequest.create(terms, requester.address(), 2, random(), client.hub().domain());
    }

    public void storeSecrets(TaskRequest request) {
        for (String name : request.secretNames()) {
            byte[] value = ("value of " + name).getBytes(StandardCharsets.UTF_8);
            assertTrue(client.sms().storeRequesterSecret(requester, name, value).isStored());
        }
    }

    public Offer offer(TaskRequest request) {
        return assertInstanceOf(OfferSearch.Found.Complete.class,
                client.offers().search(request.order(), Set.of())).offer();
    }

    public Matching.Plan plan(TaskRequest request) {
        var signed = SignedOrder.sign(request.order(), client.hub().domain(), requester);
        return client.matching().plan(signed, offer(request));
    }

    public void match(TaskRequest request) {
        Matching.Plan plan = plan(request);
        client.sender().send(assertInstanceOf(Matching.Plan.Ready.class, plan, plan::toString).call(), requester);
    }

    /** Ticks until the task has the status, as the portal's timer does. */
    public TaskState await(TaskRequest request, TaskCursor from, TaskStatus wanted, Duration limit) {
        Instant end = Instant.now().plus(limit);
        TaskCursor cursor = from;
        TaskState last = null;
        while (Instant.now().isBefore(end)) {
            TaskWatch.Tick tick = client.tasks().tick(cursor, List.of(request.task()));
            cursor = tick.next();
            last = tick.states().getOrDefault(request.task(), last);
            if (last != null && last.status() == wanted) {
                return last;
            }
            try {
                Thread.sleep(300);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
        throw new AssertionError("task is " + last + ", not " + wanted + "; devnet says " + devnet.tasks());
    }

    @Override
    public void close() {
        client.close();
        requester.close();
        devnet.close();
    }
}
