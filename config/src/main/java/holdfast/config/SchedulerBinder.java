package holdfast.config;

import holdfast.balance.Scheduler;

/// Binds which server gets the next connection. Flags of `sh` and `mh` stand behind `lb_algo`.
final class SchedulerBinder {

    private final Findings findings;

    SchedulerBinder(Findings findings) {
        this.findings = findings;
    }

    /// @param datagrams whether each datagram may be scheduled anew
    Scheduler bind(Entry service, boolean datagrams) {
        String name = "";
        int flags = 0;
        boolean onePacket = false;
        for (Entry entry : service.inner().entries()) {
            switch (entry.name()) {
                case "lb_algo" -> name = entry.text();
                case "flag-1" -> flags |= 1;
                case "flag-2" -> flags |= 1 << 1;
                case "flag-3" -> flags |= 1 << 2;
                case "sh-fallback", "mh-fallback" -> flags |= flag(entry, name, 1);
                case "sh-port", "mh-port" -> flags |= flag(entry, name, 1 << 1);
                case "hashed" -> findings.warning(entry.at(), "'hashed' has no effect");
                case "ops" -> onePacket = datagrams || refused(entry);
                default -> {} // Nothing about scheduling.
            }
        }
        if (name.isEmpty()) {
            findings.warning(service.at(), "no lb_algo; wlc is used");
        }
        return new Scheduler(name.isEmpty() ? "wlc" : name, flags, onePacket);
    }

    private int flag(Entry entry, String scheduler, int bit) {
        String meant = entry.name().substring(0, entry.name().indexOf('-'));
        if (meant.equals(scheduler)) {
            return bit;
        }
        findings.error(entry.at(), "'%s' goes behind 'lb_algo %s'".formatted(entry.name(), meant));
        return 0;
    }

    private boolean refused(Entry entry) {
        findings.error(entry.at(), "'ops' is for UDP; it is ignored");
        return false;
    }
}
