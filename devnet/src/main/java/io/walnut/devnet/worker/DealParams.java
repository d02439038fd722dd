package io.walnut.devnet.worker;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The part of a deal's public parameters that the worker obeys.
 *
 * @param arguments for the app, split as a shell would
 * @param secrets names of requester secrets by their number in the environment
 * @param inputFiles URLs
 */
record DealParams(List<String> arguments, Map<Integer, String> secrets, List<String> inputFiles,
        boolean encryptResult) {

    private static final Pattern ARGUMENT = Pattern.compile("\"([^\"]*)\"|'([^']*)'|(\\S+)");

    /** Text that is no JSON is taken as arguments, as iExec does. */
    static DealParams parse(String params) {
        JsonNode json;
        try {
            json = JsonMapper.shared().readTree(params);
        } catch (JacksonException e) {
            return new DealParams(split(params), Map.of(), List.of(), false);
        }
        var secrets = new TreeMap<Integer, String>();
        json.path("iexec_secrets").properties()
                .forEach(entry -> secrets.put(Integer.valueOf(entry.getKey()), entry.getValue().asString()));
        var files = new ArrayList<String>();
        json.path("iexec_input_files").forEach(file -> files.add(file.asString()));
        return new DealParams(split(json.path("iexec_args").asString("")), secrets, files,
                json.path("iexec_result_encryption").asBoolean(false));
    }

    private static List<String> split(String text) {
        var arguments = new ArrayList<String>();
        Matcher matcher = ARGUMENT.matcher(text);
        while (matcher.find()) {
            for (int group = 1; group <= matcher.groupCount(); group++) {
                if (matcher.group(group) != null) {
                    arguments.add(matcher.group(group));
                }
            }
        }
        return arguments;
    }
}
