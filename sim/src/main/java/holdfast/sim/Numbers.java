package holdfast.sim;

import holdfast.net.Family;
import holdfast.net.IpAddress;
import holdfast.vrrp.InstanceStatus;
import holdfast.vrrp.VrrpEvent;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// The sequence numbers and stamps of one router: its own only grow, and those of others count
/// once.
final class Numbers {

    /// Whose number it is, and of which kind; our own without an address.
    private record Series(Optional<IpAddress> source, boolean trailer) {}

    private final Map<Series, Long> last = new HashMap<>();

    void look(Coverage coverage, Step step, Step.Change change) {
        InstanceStatus now = change.now();
        Family family = now.spec().family();
        for (boolean resignations : new boolean[] {false, true}) {
            for (Step.Sent advert : step.rounds(now, resignations)) {
                Advert.unique(advert.packet().message(), family)
                        .ifPresent(
                                one ->
                                        next(
                                                coverage,
                                                Law.NUMBERS,
                                                step.who(now),
                                                Optional.empty(),
                                                one));
            }
        }
        boolean heard =
                now.counters().advertsReceived() > change.was().counters().advertsReceived();
        if (heard && step.event() instanceof VrrpEvent.PacketReceived(_, var packet)) {
            Optional<IpAddress> source = Optional.of(packet.source());
            Advert.unique(packet.payload().array(), family)
                    .ifPresent(one -> next(coverage, Law.ONCE, step.who(now), source, one));
        }
    }

    private void next(
            Coverage coverage,
            Law law,
            String who,
            Optional<IpAddress> source,
            Advert.Unique unique) {
        Optional<Long> before =
                Optional.ofNullable(last.put(new Series(source, unique.trailer()), unique.value()));
        coverage.expect(
                law,
                before.isEmpty() || Long.compareUnsigned(unique.value(), before.get()) > 0,
                () -> who + unique + " of " + source + " after " + before);
    }
}
