package io.walnut.devnet.worker;

import io.walnut.devnet.fault.Faults;
import io.walnut.devnet.sms.Sms;
import io.walnut.devnet.store.IpfsStore;

/** What scheduler and worker need of the services around them. */
public record Services(Sms sms, IpfsStore store, Faults faults) {
}
