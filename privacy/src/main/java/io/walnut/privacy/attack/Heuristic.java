package io.walnut.privacy.attack;

import io.walnut.privacy.policy.Policy;

/** One way to link claims with the chain alone. */
public enum Heuristic {

    UNIQUE_AMOUNT("unique amount") {
        @Override
        Guesses guess(View view, Policy policy) {
            return AmountLinks.unique(view, policy);
        }
    },
    AMOUNT_SUMS("amount sums") {
        @Override
        Guesses guess(View view, Policy policy) {
            return AmountLinks.sums(view, view.depositAmount);
        }
    },
    FIFO("FIFO") {
        @Override
        Guesses guess(View view, Policy policy) {
            return TimingLinks.fifo(view);
        }
    },
    LATEST_DEPOSIT("latest") {
        @Override
        Guesses guess(View view, Policy policy) {
            return TimingLinks.latest(view);
        }
    },
    TIME_OF_DAY("time of day") {
        @Override
        Guesses guess(View view, Policy policy) {
            return TimingLinks.timeOfDay(view);
        }
    },
    RECLAIMS("reclaims") {
        @Override
        Guesses guess(View view, Policy policy) {
            return ReclaimLinks.sums(view);
        }
    },
    ADDRESSES("addresses") {
        @Override
        Guesses guess(View view, Policy policy) {
            return AddressLinks.of(view).labels(view);
        }
    },
    GAS_FINGERPRINT("gas, sender") {
        @Override
        Guesses guess(View view, Policy policy) {
            return FingerprintLinks.labels(view);
        }
    };


    private final String title;

    Heuristic(String title) {
        this.title = title;
    }

    public String title() {
        return title;
    }

    /** Or only the company. */
    public boolean namesDeposits() {
        return this != ADDRESSES && this != GAS_FINGERPRINT;
    }

    abstract Guesses guess(View view, Policy policy);
}
