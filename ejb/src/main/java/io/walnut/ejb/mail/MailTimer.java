package io.walnut.ejb.mail;

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
public class MailTimer {
    @EJB
    private MailDelivery delivery;

    @Schedule(second = "*/2", minute = "*", hour = "*", persistent = false)
    void deliver() {
        delivery.deliver();
    }
}
