package io.walnut.ejb.chain;

import io.walnut.contracts.Address;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * What can be paid: the native coin ({@code walnut.coin}, {@code symbol:decimals}) and ERC-20 tokens
 * ({@code walnut.tokens}, comma separated {@code address:symbol:decimals}).
 */
@ApplicationScoped
public class Tokens {
    @Inject
    @ConfigProperty(name = "walnut.coin", defaultValue = "ETH:18")
    private String coin;
    @Inject
    @ConfigProperty(name = "walnut.tokens")
    private Optional<List<String>> tokens;

    /** @param address zero for the native coin */
    public record Token(Address address, String symbol, int decimals) {
        private static Token parse(Address address, String symbol, String decimals) {
            return new Token(address, symbol.strip(), Integer.parseInt(decimals.strip()));
        }
    }

    /** The native coin first. */
    public List<Token> all() {
        var all = new ArrayList<Token>();
        String[] nativeCoin = coin.split(":");
        all.add(Token.parse(Address.ZERO, nativeCoin[0], nativeCoin[1]));
        for (String token : tokens.orElse(List.of())) {
            String[] parts = token.split(":");
            all.add(Token.parse(Address.parse(parts[0].strip()), parts[1], parts[2]));
        }
        return all;
    }

    public Optional<Token> find(Address address) {
        return all().stream().filter(t -> t.address().equals(address)).findFirst();
    }
}
