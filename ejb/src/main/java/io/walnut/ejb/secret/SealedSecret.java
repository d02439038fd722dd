package io.walnut.ejb.secret;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** A secret of the portal itself, sealed. */
@Entity
@Table(name = "sealed_secret")
public class SealedSecret {
    @Id
    private String name;
    @Column(updatable = false)
    private byte[] sealed;

    protected SealedSecret() {
    }

    SealedSecret(String name, byte[] sealed) {
        this.name = name;
        this.sealed = sealed.clone();
    }

    byte[] sealed() {
        return sealed.clone();
    }
}
