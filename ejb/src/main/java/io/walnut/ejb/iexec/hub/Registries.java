package io.walnut.ejb.iexec.hub;

import static io.walnut.ejb.iexec.hub.HubAbi.word;

import io.walnut.contracts.Address;

import java.util.Locale;

/** The registries of apps, data sets and worker pools. */
public final class Registries {

    private final Hub hub;

    public Registries(Hub hub) {
        this.hub = hub;
    }

    /** What registering takes. */
    public sealed interface Plan {

        /** Registered before. */
        record Registered(Address address) implements Plan {
        }

        /** Send it; the resource will have this address. */
        record Create(Address address, HubCall call) implements Plan {
        }
    }

    public Plan plan(Resource resource) {
        Address registry = registry(resource.kind());
        Address address = hub.read(registry, HubAbi.call("predict" + resource.kind(), resource.arguments()))
                .address(0);
        if (isRegistered(resource.kind(), address)) {
            return new Plan.Registered(address);
        }
        return new Plan.Create(address, HubCall.of(registry, HubAbi.call("create" + resource.kind(),
                resource.arguments()), "register " + resource.kind().toLowerCase(Locale.ROOT) + " " + address));
    }

    public boolean isApp(Address address) {
        return isRegistered("App", address);
    }

    public boolean isDataset(Address address) {
        return isRegistered("Dataset", address);
    }

    private boolean isRegistered(String kind, Address address) {
        return hub.read(registry(kind), HubAbi.call("isRegistered", word(address))).number(0).signum() != 0;
    }

    private Address registry(String kind) {
        return hub.read(hub.address(), HubAbi.call(kind.toLowerCase(Locale.ROOT) + "registry")).address(0);
    }
}
