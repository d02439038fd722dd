package io.walnut.enclave;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.walnut.contracts.Address;
import io.walnut.contracts.Deposit;
import io.walnut.contracts.EscrowAbi;
import io.walnut.contracts.Hex;
import io.walnut.enclave.json.BoundedJson;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A real Ethereum node with the real escrow. Its finalized block is two behind its head. */
public final class AnvilChain implements AutoCloseable {

    public static final long CHAIN_ID = 65_535;
    public static final Address DEPOSITOR = Address.parse("0xf39fd6e51aad88f6f4ce6ab8827279cfffb92266");

    private static final Pattern LISTENING = Pattern.compile("Listening on 127\\.0\\.0\\.1:(\\d+)");

    private final Process process;
    private final String url;

    private AnvilChain(Process process, String url) {
        this.process = process;
        this.url = url;
    }

    public static AnvilChain start(String... options) {
        var command = new ArrayList<>(List.of(binary().toString(), "--host", "127.0.0.1", "--port", "0",
                "--chain-id", Long.toString(CHAIN_ID), "--slots-in-an-epoch", "1"));
        command.addAll(List.of(options));
        try {
            Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
            var out = process.inputReader();
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                Matcher listening = LISTENING.matcher(line);
                if (listening.find()) {
                    Thread.ofPlatform().daemon().start(() -> drain(out));
                    return new AnvilChain(process, "http://127.0.0.1:" + listening.group(1));
                }
            }
            throw new IllegalStateException("anvil ended before it listened");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@code count} URLs that differ and all lead to this node. */
    public List<String> urls(int count) {
        var urls = new ArrayList<String>();
        for (int i = 1; i <= count; i++) {
            urls.add(url + "/?provider=" + i);
        }
        return urls;
    }

    public Address deployEscrow() {
        String arguments = "0".repeat(24) + DEPOSITOR.hex().substring(2)
                + "0".repeat(24) + DEPOSITOR.hex().substring(2) + "0".repeat(64);
        String hash = send("\"data\":\"" + escrowBytecode() + arguments + "\"");
        return Address.parse(field(receipt(hash), "contractAddress"));
    }

    public void deposit(Address escrow, Deposit deposit) {
        send("\"to\":\"" + escrow.hex() + "\",\"value\":\"0x" + deposit.amount().toString(16)
                + "\",\"data\":\"" + Hex.encode(EscrowAbi.deposit(deposit)) + "\"");
    }

    /** Sends from {@link #DEPOSITOR}, and throws unless it succeeds. */
    public String send(String members) {
        String hash = field(call("eth_sendTransaction", "{\"from\":\"" + DEPOSITOR.hex() + "\"," + members + "}"),
                "result");
        String receipt = receipt(hash);
        if (!"0x1".equals(field(receipt, "status"))) {
            throw new IllegalStateException("the transaction failed: " + receipt);
        }
        return hash;
    }

    /** A transaction is mined soon after it is taken, not at once. */
    private String receipt(String hash) {
        for (int attempt = 0; attempt < 500; attempt++) {
            String receipt = call("eth_getTransactionReceipt", quoted(hash));
            if (!receipt.contains("\"result\":null")) {
                return receipt;
            }
            LockSupport.parkNanos(10_000_000);
        }
        throw new IllegalStateException("the transaction is not mined");
    }

    public void mine(int blocks) {
        call("anvil_mine", quoted("0x" + Integer.toHexString(blocks)));
    }

    /** @return the whole answer */
    public String call(String method, String parameters) {
        String request = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"" + method + "\",\"params\":[" + parameters + "]}";
        return new String(post(request.getBytes(StandardCharsets.UTF_8)), StandardCharsets.UTF_8);
    }

    /** Hands a request on as it is. */
    public byte[] post(byte[] request) {
        try {
            var connection = (HttpURLConnection) URI.create(url).toURL().openConnection();
            connection.setRequestProperty("Content-Type", "application/json");
            connection.setDoOutput(true);
            connection.getOutputStream().write(request);
            try (InputStream in = connection.getInputStream()) {
                return in.readAllBytes();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        }
    }

    private static void drain(BufferedReader out) {
        try (out) {
            while (out.readLine() != null) {
                // Only so that the node never waits for a reader.
            }
        } catch (IOException e) {
            // The node has ended.
        }
    }

    private static String escrowBytecode() {
        try (InputStream in = Deposit.class.getResourceAsStream("WalnutEscrow.json")) {
            var text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            Matcher bytecode = Pattern.compile("\"bytecode\"\\s*:\\s*(?:\\{\\s*\"object\"\\s*:\\s*)?\"(0x[0-9a-f]+)\"")
                    .matcher(text);
            if (!bytecode.find()) {
                throw new IllegalStateException("the escrow's artifact has no bytecode");
            }
            return bytecode.group(1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String quoted(String text) {
        return '"' + text + '"';
    }

    /** The first member of that name, at any depth. */
    public static String field(String json, String name) {
        try (JsonParser parser = BoundedJson.parser(json.getBytes(StandardCharsets.UTF_8))) {
            while (parser.nextToken() != null) {
                if (parser.currentToken() == JsonToken.VALUE_STRING && name.equals(parser.currentName())) {
                    return parser.getText();
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        throw new IllegalStateException("no " + name + " in " + json);
    }

    private static Path binary() {
        boolean mac = System.getProperty("os.name").toLowerCase(java.util.Locale.ROOT).contains("mac");
        boolean arm = System.getProperty("os.arch").equals("aarch64");
        Path binary = Path.of(System.getProperty("walnut.devnet", "../devnet"), "node_modules/@foundry-rs",
                "anvil-" + (mac ? "darwin" : "linux") + "-" + (arm ? "arm64" : "amd64"), "bin/anvil");
        if (!Files.isExecutable(binary)) {
            throw new IllegalStateException("anvil is not installed: run node npm/install.mjs . in devnet");
        }
        return binary;
    }
}
