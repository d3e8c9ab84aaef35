package holdfast.lab.interop;

import java.time.Duration;
import java.util.List;

/// What one router is told.
///
/// Immutable.
///
/// @param ours the last part of its own address
/// @param theirs the last part of the other's
/// @param vips the last parts of the addresses it serves, of which the first one is watched
record Settings(
        Speech speech,
        int ours,
        int theirs,
        int priority,
        Duration interval,
        boolean preempt,
        Duration preemptDelay,
        List<Integer> vips) {

    static final int VRID = 51;
    static final int OWNER = 255;
    static final Duration SECOND = Duration.ofSeconds(1);
    private static final int VIP = 100;
    private static final int ANOTHER_VIP = 101;

    /// A router with an interval of 1 s and one address, which preempts at once.
    static Settings of(Speech speech, int ours, int theirs, int priority) {
        return new Settings(
                speech, ours, theirs, priority, SECOND, true, Duration.ZERO, List.of(VIP));
    }

    Settings withPriority(int other) {
        return new Settings(speech, ours, theirs, other, interval, preempt, preemptDelay, vips);
    }

    Settings withInterval(Duration other) {
        return new Settings(speech, ours, theirs, priority, other, preempt, preemptDelay, vips);
    }

    Settings withoutPreemption() {
        return new Settings(speech, ours, theirs, priority, interval, false, preemptDelay, vips);
    }

    Settings withDelay(Duration delay) {
        return new Settings(speech, ours, theirs, priority, interval, preempt, delay, vips);
    }

    Settings withAnotherVip() {
        List<Integer> both = List.of(VIP, ANOTHER_VIP);
        return new Settings(speech, ours, theirs, priority, interval, preempt, preemptDelay, both);
    }

    /// The part of the master-down time that depends on the priority: in seconds for version 2
    /// (RFC 3768, 5.3), in intervals for version 3 (RFC 9568, 6.1).
    Duration skew(Duration mastersInterval) {
        Duration unit = speech.version() == 2 ? SECOND : mastersInterval;
        return unit.multipliedBy(256 - priority).dividedBy(256);
    }

    /// For how long it waits for a master with this interval.
    Duration masterDown(Duration mastersInterval) {
        return mastersInterval.multipliedBy(3).plus(skew(mastersInterval));
    }

    /// The address with this last part, in the network of the interface.
    String address(int last) {
        return speech.isIpv6() ? "2001:db8::" + last : "10.0.0." + last;
    }

    /// The address that is watched.
    String vip() {
        return address(vips.getFirst());
    }

    /// With the length of the network, as a router owns it.
    String owned(int last) {
        return address(last) + (speech.isIpv6() ? "/64" : "/24");
    }
}
