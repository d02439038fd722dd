package io.walnut.ear.browser;

import com.microsoft.playwright.BrowserContext;

/**
 * An EIP-1193 wallet in the browser whose owner confirms everything. It signs with an account of the chain and
 * sends to the chain itself; the page's own connections stay as they are.
 */
final class Wallet {
    private Wallet() {
    }

    static void install(BrowserContext window, String account) {
        window.exposeBinding("walletSend", (source, arguments) -> Chain.send((String) arguments[0]));
        window.addInitScript("""
            window.ethereum = {
              async request({method, params}) {
                if (method === 'eth_requestAccounts') return ['%s'];
                const body = JSON.stringify({jsonrpc: '2.0', id: 1, method, params: params ?? []});
                const {result, error} = JSON.parse(await window.walletSend(body));
                if (error) throw error;
                return result;
              },
            };""".formatted(account));
    }
}
