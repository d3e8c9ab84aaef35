package holdfast.bfd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import holdfast.bfd.BfdEvent.PacketReceived;
import holdfast.time.MonoTime;
import holdfast.wire.Datagram;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// Two hosts with a wire between them: they agree, and learn of a cut in time.
class TwoHostsTest {

    private static final long STEP = 500_000;
    private static final long DETECTION = 150_000_000;

    private record Flight(MonoTime arrivesAt, int to, Host.Sent packet) {}

    private final List<Flight> flights = new ArrayList<>();
    private Host[] hosts = {};
    private MonoTime now = new MonoTime(0);

    @Test
    void bothComeUpAndBothLearnOfACut() {
        for (long seed = 1; seed <= 40; seed++) {
            boolean onePassive = seed % 2 == 0;
            begin(seed, onePassive);
            SplittableRandom chance = new SplittableRandom(seed);
            run(chance, 6_000, 0b11);
            assertStates(seed, State.UP, State.UP);

            // While they come up, a packet that was overtaken may set them back; not later.
            long cameUp = hosts[0].status().counters().cameUp();

            // A packet or two that are lost in a row are no failure.
            for (int i = 0; i < 20; i++) {
                run(chance, 30, chance.nextInt(3));
                run(chance, 200, 0b11);
            }
            assertEquals(cameUp, hosts[0].status().counters().cameUp(), "seed " + seed);

            int open = chance.nextInt(3);
            MonoTime cut = now;
            while (hosts[0].state() == State.UP || hosts[1].state() == State.UP) {
                run(chance, 1, open);
                long late = now.nanos() - cut.nanos();
                // The other is told by whoever notices, or notices as well.
                assertTrue(late <= 2 * DETECTION + 20_000_000, "seed " + seed + " " + late);
            }
            run(chance, 10_000, 0b11);
            assertStates(seed, State.UP, State.UP);
        }
    }

    private void begin(long seed, boolean onePassive) {
        flights.clear();
        now = new MonoTime(0);
        SessionSpec there = Host.session(false);
        SessionSpec here = new SessionSpec("a", Path.to(Host.HERE), there.timers(), onePassive);
        hosts = new Host[] {new Host(seed, there), new Host(seed + 1_000, here)};
    }

    /// Lets time pass over a wire with a delay of up to 5 ms.
    ///
    /// @param open bits of the directions in which packets go
    private void run(SplittableRandom chance, long millis, int open) {
        MonoTime end = new MonoTime(now.nanos() + millis * 1_000_000);
        while (end.isAfter(now)) {
            now = new MonoTime(now.nanos() + STEP);
            for (int i = 0; i < 2; i++) {
                hosts[i].until(now);
            }
            deliver();
            for (int i = 0; i < 2; i++) {
                for (Host.Sent packet : hosts[i].sent()) {
                    if ((open & 1 << i) != 0) {
                        long delay = chance.nextLong(5_000_000);
                        flights.add(new Flight(new MonoTime(now.nanos() + delay), 1 - i, packet));
                    }
                }
                hosts[i].skip();
            }
        }
    }

    private void deliver() {
        for (int i = 0; i < flights.size(); ) {
            Flight flight = flights.get(i);
            if (flight.arrivesAt().isAfter(now)) {
                i++;
                continue;
            }
            flights.remove(i);
            boolean back = flight.to() == 0;
            Datagram datagram =
                    new Datagram(
                            back ? Host.THERE : Host.HERE,
                            back ? Host.HERE : Host.THERE,
                            255,
                            flight.packet().in());
            hosts[flight.to()].tell(new PacketReceived(false, datagram));
        }
    }

    private void assertStates(long seed, State one, State other) {
        assertEquals(
                List.of(one, other), List.of(hosts[0].state(), hosts[1].state()), "seed " + seed);
    }
}
