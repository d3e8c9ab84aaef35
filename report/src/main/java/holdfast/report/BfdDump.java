package holdfast.report;

import holdfast.bfd.Authentication;
import holdfast.bfd.DropReason;
import holdfast.bfd.Path;
import holdfast.bfd.SessionSpec;
import holdfast.bfd.SessionStatus;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// `keepalived_bfd.data`: what the sessions of BFD are told to be, and what they are. For people.
public final class BfdDump {

    private BfdDump() {}

    /// @param dropped packets that were ignored and for no session
    /// @param toVrrp the sessions that routers may track
    /// @param toCheckers those that real servers may be judged by
    public static String of(
            List<SessionStatus> sessions,
            Map<DropReason, Long> dropped,
            List<String> toVrrp,
            List<String> toCheckers,
            Clocks clocks) {
        Outline out = new Outline();
        out.title("BFD Data");
        out.line("Ignored packets for no session", counts(dropped));
        out.title("BFD Topology");
        for (SessionStatus session : sessions) {
            String name = session.spec().name();
            out.head("BFD Instance", name);
            spec(session.spec(), out);
            out.line("send event to VRRP process", yesNo(toVrrp.contains(name)));
            out.line("send event to checker process", yesNo(toCheckers.contains(name)));
            status(session, clocks, out);
        }
        return out.toString();
    }

    private static void spec(SessionSpec spec, Outline out) {
        Path path = spec.path();
        out.line("Neighbor IP", path.neighbour().toString());
        path.source().ifPresent(source -> out.line("Source IP", source.toString()));
        out.line("Required min RX interval", micros(spec.timers().minRx()));
        out.line("Desired min TX interval", micros(spec.timers().minTx()));
        out.line("Desired idle TX interval", micros(spec.timers().idleTx()));
        out.line("Detection multiplier", Integer.toString(spec.timers().multiplier()));
        out.line("TTL", Integer.toString(path.ttl()));
        out.line("max_hops", Integer.toString(path.maxHops()));
        out.line("multihop", Boolean.toString(path.multihop()));
        out.line("passive", Boolean.toString(spec.passive()));
        switch (spec.authentication()) {
            case Authentication.None() -> {}
            case Authentication.KeyedSha1(var keys, int active, boolean meticulous) ->
                    out.line(
                            "authentication",
                            "%sSHA1, key %d of %d"
                                    .formatted(
                                            meticulous ? "meticulous " : "", active, keys.size()));
        }
    }

    private static void status(SessionStatus session, Clocks clocks, Outline out) {
        out.line("local state", BfdLog.state(session.state()));
        out.line("remote state", BfdLog.state(session.remoteState()));
        out.line("local discriminator", hex(session.discriminator()));
        out.line("remote discriminator", hex(session.remoteDiscriminator()));
        out.line("local diag", BfdLog.diagnostic(session.diagnostic().code()));
        out.line("remote diag", BfdLog.diagnostic(session.remoteDiagnostic()));
        out.line("poll", Boolean.toString(session.polling()));
        out.line("remote demand", Boolean.toString(session.remoteDemands()));
        SessionStatus.Intervals intervals = session.intervals();
        out.line("local tx intv", micros(intervals.transmit()));
        out.line("remote tx intv", micros(intervals.receive()));
        out.line("local detection time", micros(intervals.detection()));
        out.line("remote detection time", micros(intervals.remoteDetection()));
        out.line(
                "last seen",
                session.lastSeen()
                        .map(seen -> Numbers.epoch(clocks.at(seen)) + " (" + clocks.at(seen) + ")")
                        .orElse("never"));
        SessionStatus.Counters counters = session.counters();
        out.line("packets sent", Long.toString(counters.sent()));
        out.line("packets received", Long.toString(counters.received()));
        out.line("packets ignored", counts(counters.dropped()));
        out.line("times up", Long.toString(counters.cameUp()));
    }

    /// `3 (wrong ttl 2, authenticated 1)`.
    private static String counts(Map<DropReason, Long> counts) {
        if (counts.isEmpty()) {
            return "0";
        }
        long sum = counts.values().stream().mapToLong(Long::longValue).sum();
        String reasons =
                new TreeMap<>(counts)
                        .entrySet().stream()
                                .map(one -> words(one.getKey()) + " " + one.getValue())
                                .collect(Collectors.joining(", "));
        return sum + " (" + reasons + ")";
    }

    private static String words(DropReason reason) {
        return reason.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static String micros(Duration time) {
        return time.toNanos() / 1000 + " us";
    }

    private static String hex(int discriminator) {
        return "0x%08x".formatted(discriminator);
    }

    private static String yesNo(boolean value) {
        return value ? "Yes" : "No";
    }
}
