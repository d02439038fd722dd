package io.walnut.privacy.estimate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.walnut.privacy.attack.Attacker;
import io.walnut.privacy.policy.Policy;
import io.walnut.privacy.simulation.Asset;
import io.walnut.privacy.simulation.Experiment;
import io.walnut.privacy.simulation.TrafficModel;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * Attackers that learned beforehand, since learning takes more memory than a portal has: one for each practice, on
 * traffic in a token worth a dollar and in a coin worth some thousand. {@code ./walnut privacy --train} learns anew.
 */
public final class TrainedAttackers {

    /** Of traffic that no figure is measured on. */
    public static final long SEED = 1;

    private static final String SUMS = "hindsight_sums";
    private static final String REST = "hindsight_rest";
    private static final String RESOURCE = "attackers.json";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int STABLE_DECIMALS = 6;
    private static final int COIN_DECIMALS = 18;

    private final JsonNode learned;

    private TrainedAttackers(JsonNode learned) {
        this.learned = learned;
    }

    /** Those that come with the program. */
    public static TrainedAttackers shipped() {
        try (InputStream in = TrainedAttackers.class.getResourceAsStream(RESOURCE)) {
            return new TrainedAttackers(JSON.readTree(in));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Learns all of them; some minutes of one core, and up to a gigabyte of memory. */
    public static ObjectNode train() {
        ObjectNode root = JSON.createObjectNode();
        for (Asset asset : List.of(Asset.USDC, Asset.ETH)) {
            ObjectNode node = root.putObject(asset.symbol());
            for (Practice practice : Practice.values()) {
                node.set(practice.name(), train(practice, asset));
            }
        }
        return root;
    }

    /** Learns one. */
    public static JsonNode train(Practice practice, Asset asset) {
        Attacker attacker = new Experiment(TrafficModel.DEFAULT, asset, SEED).train(practice.scenario(asset));
        Hindsight hindsight = Hindsight.learn(attacker, practice.scenario(asset), asset, SEED);
        return attacker.learned().put(SUMS, hindsight.sums()).put(REST, hindsight.rest());
    }

    /** What one has learned. */
    public JsonNode learned(Practice practice, Asset asset) {
        return learned.path(asset.symbol()).path(practice.name());
    }

    /**
     * An estimate for one token, by the attacker on such payments.
     *
     * @param policy how payments are split
     * @param coin whether amounts are like those of the native coin, or else like those of a token worth a dollar
     * @param decimals the token's
     */
    public PrivacyEstimator estimator(Practice practice, Policy policy, boolean coin, int decimals) {
        JsonNode known = learned(practice, coin ? Asset.ETH : Asset.USDC);
        var attacker = Attacker.of(policy, known, decimals - (coin ? COIN_DECIMALS : STABLE_DECIMALS));
        return new PrivacyEstimator(attacker, policy,
                new Hindsight(known.path(SUMS).doubleValue(), known.path(REST).doubleValue()));
    }
}
