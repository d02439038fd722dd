package io.walnut.privacy.report;

import io.walnut.privacy.attack.Attacker;
import io.walnut.privacy.attack.LabelledChain;
import io.walnut.privacy.simulation.Asset;
import io.walnut.privacy.simulation.Scenario;
import io.walnut.privacy.simulation.Simulation;
import io.walnut.privacy.simulation.Traffic;
import io.walnut.privacy.simulation.TrafficModel;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/**
 * One scenario, attacked: the attacker learns on traffic of other seeds and is judged on traffic that it has not seen.
 *
 * @param seed all figures follow from it
 */
public record Experiment(TrafficModel model, Asset asset, long seed) {

    private static final int LESSONS = 3;

    public Attacker train(Scenario scenario) {
        List<LabelledChain> lessons = LongStream.rangeClosed(1, LESSONS)
                .mapToObj(i -> labelled(Simulation.run(model, scenario, seed + 1_000 * i))).toList();
        return Attacker.train(scenario.policies().get(asset), lessons);
    }

    public Traffic traffic(Scenario scenario) {
        return Simulation.run(model, scenario, seed);
    }

    public Outcome run(Scenario scenario) {
        return new Judge(traffic(scenario), asset.token()).judge(scenario.name(), train(scenario));
    }

    private LabelledChain labelled(Traffic traffic) {
        return new LabelledChain(traffic.chain().of(asset.token()), traffic.truth().entrySet().stream()
                .collect(Collectors.toMap(java.util.Map.Entry::getKey, e -> e.getValue().deposit())));
    }
}
