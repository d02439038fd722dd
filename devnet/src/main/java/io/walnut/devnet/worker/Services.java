package io.walnut.devnet.worker;

import io.walnut.devnet.fault.Faults;
import io.walnut.devnet.store.IpfsStore;

/** What scheduler and worker need of the services around them. */
public record Services(Secrets secrets, IpfsStore store, Faults faults) {
}
