package io.walnut.enclave.rpc;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.walnut.enclave.json.BoundedJson;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Reads the answer to a JSON-RPC call. Everything in it is untrusted. */
final class JsonRpcAnswer {

    private JsonRpcAnswer() {
    }

    /** Reads one value, of which the parser stands on the first token, and leaves it on the last. */
    interface ResultReader<T> {
        T read(JsonParser json) throws IOException, ProviderFault;
    }

    static <T> T result(byte[] body, ResultReader<T> reader) throws ProviderFault {
        try (JsonParser json = BoundedJson.parser(body)) {
            require(json.nextToken() == JsonToken.START_OBJECT);
            T result = null;
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String name = json.currentName();
                boolean isNull = json.nextToken() == JsonToken.VALUE_NULL;
                if (name.equals("error") && !isNull || name.equals("result") && isNull) {
                    throw new ProviderFault(Fault.DECLINED);
                } else if (name.equals("result")) {
                    result = reader.read(json);
                } else {
                    json.skipChildren();
                }
            }
            require(json.currentToken() == JsonToken.END_OBJECT && json.nextToken() == null && result != null);
            return result;
        } catch (IOException e) {
            throw new ProviderFault(Fault.MALFORMED);
        }
    }

    static String text(JsonParser json) throws IOException, ProviderFault {
        require(json.currentToken() == JsonToken.VALUE_STRING);
        return json.getText();
    }

    /** The members of an object that are strings and wanted; all others are skipped unread. */
    static Map<String, String> texts(JsonParser json, Predicate<String> wanted) throws IOException, ProviderFault {
        require(json.currentToken() == JsonToken.START_OBJECT);
        var texts = new HashMap<String, String>();
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            boolean isText = json.nextToken() == JsonToken.VALUE_STRING;
            if (isText && wanted.test(name)) {
                texts.put(name, json.getText());
            } else {
                json.skipChildren();
            }
        }
        require(json.currentToken() == JsonToken.END_OBJECT);
        return texts;
    }

    static List<String> textArray(JsonParser json, int max) throws IOException, ProviderFault {
        require(json.currentToken() == JsonToken.START_ARRAY);
        var texts = new ArrayList<String>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            require(texts.size() < max);
            texts.add(text(json));
        }
        return texts;
    }

    static void require(boolean condition) throws ProviderFault {
        if (!condition) {
            throw new ProviderFault(Fault.MALFORMED);
        }
    }
}
