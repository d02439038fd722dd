package io.walnut.web.batch;

import io.walnut.contracts.Address;
import io.walnut.ejb.chain.Tokens;
import io.walnut.ejb.chain.Tokens.Token;
import io.walnut.ejb.shared.Refusal;
import io.walnut.ejb.treasury.BatchRequest;
import io.walnut.web.Inputs;
import io.walnut.web.batch.BatchInput.PaymentInput;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/** Reads a batch from a CSV file (RFC 4180) with the columns amount, reference and email. */
@RequestScoped
public class CsvBatch {
    private static final Set<String> COLUMNS = Set.of("amount", "reference", "email");
    private static final Pattern DECIMAL = Pattern.compile("[0-9]{1,60}(\\.[0-9]{1,36})?");

    @Inject
    private Tokens tokens;

    /** The request, if its token is one of those that are configured. */
    BatchRequest known(BatchRequest request) {
        token(request.token());
        return request;
    }

    /** @param settings everything but the payments @throws Refusal naming every bad row, with its line */
    BatchRequest parse(String file, BatchInput settings) {
        var inputs = new Inputs();
        Address address = settings.token() == null ? Address.ZERO : inputs.address("token", settings.token());
        inputs.refuseIfFaulty();
        Token token = token(address);
        List<PaymentInput> payments = rows(file, token, inputs);
        inputs.refuseIfFaulty();
        return new BatchInput(settings.title(), settings.token(), settings.policy(), settings.openings(),
            settings.message(), settings.releaseAt(), settings.expiresAt(), null, payments).checked();
    }

    private Token token(Address address) {
        return tokens.find(address).orElseThrow(() -> Refusal.invalid("token",
            "is none of the configured tokens: see GET /api/v1/escrow"));
    }

    private static List<PaymentInput> rows(String file, Token token, Inputs inputs) {
        CSVFormat format = CSVFormat.RFC4180.builder().setHeader().setSkipHeaderRecord(true).setTrim(true)
            .setIgnoreEmptyLines(true).setIgnoreHeaderCase(true).get();
        var payments = new ArrayList<PaymentInput>();
        String text = file.startsWith("\uFEFF") ? file.substring(1) : file;
        try (CSVParser parser = format.parse(new StringReader(text))) {
            checkHeader(parser, inputs);
            Map<String, Long> seen = new HashMap<>();
            for (CSVRecord row : parser) {
                if (payments.size() >= BatchRequest.MAX_PAYMENTS) {
                    inputs.fault("row", "the file has more than " + BatchRequest.MAX_PAYMENTS + " rows");
                    break;
                }
                payments.add(row(row, parser.getCurrentLineNumber(), token, seen, inputs));
            }
        } catch (IOException | UncheckedIOException | IllegalArgumentException e) {
            inputs.fault("file", "is no CSV: check its quotes and its header line");
        }
        if (payments.isEmpty()) {
            inputs.fault("file", "has no rows");
        }
        return payments;
    }

    private static void checkHeader(CSVParser parser, Inputs inputs) {
        var names = new TreeSet<String>();
        parser.getHeaderNames().forEach(name -> names.add(name.toLowerCase(Locale.ROOT)));
        if (!names.contains("amount")) {
            inputs.fault("file", "the header line must name the column amount");
        }
        names.removeAll(COLUMNS);
        if (!names.isEmpty()) {
            inputs.fault("file", "unknown columns " + names + ": use amount, reference and email");
        }
        inputs.refuseIfFaulty();
    }

    private static PaymentInput row(CSVRecord row, long line, Token token, Map<String, Long> seen, Inputs inputs) {
        String field = "line " + line;
        if (!row.isConsistent()) {
            inputs.fault(field, "has another number of columns than the header");
            return null;
        }
        String reference = row.isMapped("reference") ? row.get("reference") : null;
        if (reference != null && !reference.isEmpty()) {
            Long first = seen.putIfAbsent(reference, line);
            if (first != null) {
                inputs.fault(field, "has the same reference as line " + first);
            }
        }
        return new PaymentInput(amount(row.get("amount"), field, token, inputs), reference,
            row.isMapped("email") ? row.get("email") : null);
    }

    private static String amount(String text, String field, Token token, Inputs inputs) {
        if (!DECIMAL.matcher(text).matches()) {
            inputs.fault(field, "amount must be a number such as 0.25");
            return null;
        }
        BigDecimal units = new BigDecimal(text).scaleByPowerOfTen(token.decimals());
        if (units.stripTrailingZeros().scale() > 0) {
            inputs.fault(field, "amount has more than the " + token.decimals() + " decimals of " + token.symbol());
            return null;
        }
        if (units.signum() == 0) {
            inputs.fault(field, "amount must be more than zero");
        }
        return units.toBigIntegerExact().toString();
    }
}
