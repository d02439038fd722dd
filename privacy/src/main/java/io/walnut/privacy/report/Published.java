package io.walnut.privacy.report;

import java.util.List;

/**
 * What others found by attacking systems in use, to stand beside the simulated figures. Shares of withdrawals or payments
 * linked. They were measured on real chains by other heuristics, without a known truth: compare magnitudes only.
 */
record Published(String system, double low, double high, String source) {

    static final List<Published> ALL = List.of(
            new Published("Tornado Cash, reuse and transfers", 0.051, 0.126, "arXiv 2510.09433"),
            new Published("Tornado Cash, FIFO besides", 0.051 + 0.15, 0.126 + 0.22, "arXiv 2510.09433"),
            new Published("Railgun", 0.1765, 0.1765, "arXiv 2606.25926"),
            new Published("Umbra", 0.26, 0.66, "arXiv 2308.01703"));
}
