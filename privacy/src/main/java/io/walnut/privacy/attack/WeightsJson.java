package io.walnut.privacy.attack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** What an attacker has learned, as JSON: of each table the commonest value and the bins that differ from it. */
final class WeightsJson {

    private static final double PRECISION = 1e4;

    private WeightsJson() {
    }

    static ObjectNode write(Weights weights) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.put("exponent", rounded(weights.exponent())).put("sharpening", rounded(weights.sharpening()));
        for (Evidence.Kind kind : Evidence.KINDS) {
            double[] table = Arrays.stream(weights.logRatios()[kind.ordinal()]).map(WeightsJson::rounded).toArray();
            double commonest = commonest(table);
            ObjectNode node = root.putObject(kind.name()).put("other", commonest);
            ObjectNode bins = node.putObject("bins");
            for (int bin = 0; bin < table.length; bin++) {
                if (table[bin] != commonest) {
                    bins.put(Integer.toString(bin), table[bin]);
                }
            }
        }
        return root;
    }

    /** @throws IllegalArgumentException for what {@link #write} has not written */
    static Weights read(JsonNode root) {
        double[][] tables = new double[Evidence.KINDS.length][];
        for (Evidence.Kind kind : Evidence.KINDS) {
            JsonNode node = root.path(kind.name());
            if (!node.path("other").isNumber()) {
                throw new IllegalArgumentException("the weights lack " + kind);
            }
            double[] table = new double[kind.bins];
            Arrays.fill(table, node.get("other").doubleValue());
            node.path("bins").fields().forEachRemaining(bin ->
                    table[Integer.parseInt(bin.getKey())] = bin.getValue().doubleValue());
            tables[kind.ordinal()] = table;
        }
        return new Weights(tables, root.path("exponent").doubleValue(), root.path("sharpening").doubleValue());
    }

    private static double rounded(double value) {
        return Math.round(value * PRECISION) / PRECISION;
    }

    private static double commonest(double[] table) {
        Map<Double, Integer> counts = new HashMap<>();
        for (double value : table) {
            counts.merge(value, 1, Integer::sum);
        }
        return counts.entrySet().stream().max(Map.Entry.<Double, Integer>comparingByValue()
                .thenComparing(Map.Entry.comparingByKey())).orElseThrow().getKey();
    }
}
