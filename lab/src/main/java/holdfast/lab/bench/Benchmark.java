package holdfast.lab.bench;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What can be measured, by the name it is asked for.
enum Benchmark {
    FAILOVER(Failover.TITLE, 10) {
        @Override
        Section measure(int runs) {
            return Failover.measure(runs);
        }
    },
    READY(Readiness.TITLE, 15) {
        @Override
        Section measure(int runs) {
            return Readiness.measure(runs);
        }
    },
    SCALE255(Crowd.TITLE, 3) {
        @Override
        Section measure(int runs) {
            return Crowd.measure(runs);
        }
    },
    SCALE1000(Crowd.TITLE_1000, 3) {
        @Override
        Section measure(int runs) {
            return Crowd.measure1000(runs);
        }
    },
    TAKEOVER255(Succession.TITLE, 5) {
        @Override
        Section measure(int runs) {
            return Succession.measure(runs);
        }
    },
    BFD64(Sessions.TITLE, 2) {
        @Override
        Section measure(int runs) {
            return Sessions.measure(runs);
        }
    },
    CHECKS(Checks.TITLE, 3) {
        @Override
        Section measure(int runs) {
            return Checks.measure(runs);
        }

        @Override
        boolean needsIpvs() {
            return true;
        }
    },
    POOLS(Pools.TITLE, 3) {
        @Override
        Section measure(int runs) {
            return Pools.measure(runs);
        }

        @Override
        boolean needsIpvs() {
            return true;
        }
    };

    private final String title;
    private final int usualRuns;

    Benchmark(String title, int usualRuns) {
        this.title = title;
        this.usualRuns = usualRuns;
    }

    /// Measures both programs so many times by turns.
    abstract Section measure(int runs);

    /// Whether the kernel must have IPVS, without which keepalived balances nothing.
    boolean needsIpvs() {
        return false;
    }

    int usualRuns() {
        return usualRuns;
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<Benchmark> named(String word) {
        return Arrays.stream(values()).filter(each -> each.word().equals(word)).findFirst();
    }

    static List<String> titles() {
        return Arrays.stream(values()).map(each -> each.title).toList();
    }
}
