package io.walnut.ejb.webhook;

import jakarta.ejb.DependsOn;
import jakarta.ejb.EJB;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;

@Singleton
@Startup
@DependsOn("SealCheck")
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class WebhookTimer {
    @EJB
    private WebhookSender sender;

    @Schedule(second = "*", minute = "*", hour = "*", persistent = false)
    void deliver() {
        sender.plan();
        sender.send();
    }
}
