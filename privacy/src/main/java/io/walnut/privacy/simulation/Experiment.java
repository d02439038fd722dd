package io.walnut.privacy.simulation;

import io.walnut.privacy.attack.Attacker;
import io.walnut.privacy.attack.LabelledChain;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/**
 * Traffic to attack, and attackers that learned on traffic of other seeds.
 *
 * @param asset which is attacked
 * @param seed all figures follow from it
 */
public record Experiment(TrafficModel model, Asset asset, long seed) {

    private static final int LESSONS = 3;

    /** An attacker that knows the scenario, and has seen other traffic than {@link #traffic}. */
    public Attacker train(Scenario scenario) {
        List<LabelledChain> lessons = LongStream.rangeClosed(1, LESSONS)
                .mapToObj(i -> labelled(Simulation.run(model, scenario, seed + 1_000 * i))).toList();
        return Attacker.train(scenario.policies().get(asset), lessons);
    }

    /** What the attacker is judged on. */
    public Traffic traffic(Scenario scenario) {
        return Simulation.run(model, scenario, seed);
    }

    private LabelledChain labelled(Traffic traffic) {
        return new LabelledChain(traffic.chain().of(asset.token()), traffic.truth().entrySet().stream()
                .collect(Collectors.toMap(java.util.Map.Entry::getKey, e -> e.getValue().deposit())));
    }
}
