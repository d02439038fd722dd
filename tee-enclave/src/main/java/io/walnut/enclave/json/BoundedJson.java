package io.walnut.enclave.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import java.io.IOException;

/**
 * JSON as a stream of tokens with hard limits: nesting of {@value #MAX_DEPTH}, strings of
 * {@value #MAX_STRING} characters, names of {@value #MAX_NAME}, numbers of {@value #MAX_NUMBER}. The
 * size of the document is limited by whoever reads it. There is no binding to classes.
 */
public final class BoundedJson {

    public static final int MAX_DEPTH = 16;
    public static final int MAX_STRING = 4_096;
    public static final int MAX_NAME = 64;
    public static final int MAX_NUMBER = 32;

    private static final JsonFactory FACTORY = new JsonFactoryBuilder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxStringLength(MAX_STRING)
                    .maxNameLength(MAX_NAME)
                    .maxNumberLength(MAX_NUMBER)
                    .build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            // Interned and shared names would let one hostile answer grow a table that outlives it.
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .build();

    private BoundedJson() {
    }

    public static JsonParser parser(byte[] document) throws IOException {
        return FACTORY.createParser(document);
    }
}
