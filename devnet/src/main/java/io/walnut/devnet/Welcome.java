package io.walnut.devnet;

import io.walnut.devnet.rpc.Account;
import java.util.List;
import java.util.stream.Collectors;

/** What the devnet prints when it is up. */
final class Welcome {

    private static final int SHOWN_ACCOUNTS = 3;

    private Welcome() {
    }

    static String text(Devnet devnet) {
        return """

                The iExec devnet is up. All of it is on this machine; Ctrl-C stops it and forgets everything.

                  chain        %s   (chain id %d)
                  hub          %s
                  RLC          %s
                  SMS          %s
                  order book   %s
                  IPFS         %s   (gateway and uploads)
                  compass      %s
                  inspection   %s   (deals, tasks, logs, fault switches)

                Funded accounts, from the mnemonic "%s":
                %s

                With the iExec SDK (npm i iexec):

                  import { IExec, utils } from 'iexec';
                  const ethProvider = utils.getSignerFromPrivateKey('%s',
                    '%s');
                  const iexec = new IExec({ ethProvider }, {
                    hubAddress: '%s',
                    smsURL: '%s',
                    iexecGatewayURL: '%s',
                    ipfsGatewayURL: '%s',
                    ipfsNodeURL: '%s',
                    compassURL: '%s',
                  });

                To run an app of yours, say how to start what its multiaddr names:
                  ./walnut devnet --app docker.io/me/my-app:1="node /path/to/app.js"
                """.formatted(devnet.rpcUrl(), Devnet.CHAIN_ID, devnet.poco().hub(), devnet.poco().rlc(),
                devnet.smsUrl(), devnet.orderBookUrl(), devnet.ipfsUrl(), devnet.workerpoolUrl(), devnet.consoleUrl(),
                Account.MNEMONIC, accounts(devnet), devnet.rpcUrl(), devnet.accounts().free().getFirst().privateKey(),
                devnet.poco().hub(), devnet.smsUrl(), devnet.orderBookUrl(), devnet.ipfsUrl(), devnet.ipfsUrl(),
                devnet.workerpoolUrl());
    }

    private static String accounts(Devnet devnet) {
        List<Account> free = devnet.accounts().free();
        return free.stream().limit(SHOWN_ACCOUNTS)
                .map(account -> "  " + account.address() + "   " + account.privateKey())
                .collect(Collectors.joining("\n")) + "\n  … and " + (free.size() - SHOWN_ACCOUNTS) + " more";
    }
}
