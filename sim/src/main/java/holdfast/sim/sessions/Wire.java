package holdfast.sim.sessions;

import holdfast.sim.Chance;
import holdfast.sim.World;
import holdfast.time.MonoTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// One direction of the way between two hosts.
final class Wire {

    /// A packet as it arrives.
    ///
    /// @param honest whether its sender sent it just so, and it may count
    record Arrival(Packet packet, boolean honest) {}

    private static final Duration USUAL_DELAY = Duration.ofMillis(4);
    private static final int REMEMBERED = 40;

    private final World world;
    private final Chance luck;
    private final Consumer<Arrival> far;
    private final List<Packet> past = new ArrayList<>();
    private final boolean fair;
    private boolean cut;
    private int lossPercent;
    private Duration delay = USUAL_DELAY;
    private MonoTime lateUntil = new MonoTime(0);

    /// How many packets were lost since the last one that arrived.
    private int lostInRow;

    Wire(World world, Chance luck, boolean fair, Consumer<Arrival> far) {
        this.world = world;
        this.luck = luck;
        this.fair = fair;
        this.far = far;
    }

    void cut(boolean now) {
        cut = now;
    }

    void lose(int percent) {
        lossPercent = percent;
    }

    void delay(Duration most) {
        delay = most;
        lateUntil = MonoTime.NEVER;
    }

    void mend() {
        cut = false;
        lossPercent = 0;
        if (!delay.equals(USUAL_DELAY)) {
            lateUntil = world.now().plus(delay);
            delay = USUAL_DELAY;
        }
    }

    /// Until when what was sent may arrive late, at most.
    MonoTime lateUntil() {
        return lateUntil;
    }

    void calm() {
        mend();
        past.clear();
    }

    Duration longest() {
        return delay;
    }

    int lostInRow() {
        return lostInRow;
    }

    void send(byte[] message) {
        Packet packet = new Packet(message);
        past.addLast(packet);
        if (past.size() > REMEMBERED) {
            past.removeFirst();
        }
        if (cut || luck.below(100) < lossPercent) {
            lostInRow++;
            return;
        }
        Arrival arrival = new Arrival(packet, true);
        world.after(delayed(), () -> arrive(arrival));
        if (!fair && luck.oneIn(20)) {
            world.after(delayed(), () -> far.accept(arrival));
        }
    }

    private void arrive(Arrival arrival) {
        lostInRow = 0;
        far.accept(arrival);
    }

    private Duration delayed() {
        return luck.upTo(delay);
    }

    /// Somebody sends again what was sent some time ago.
    void replay(Chance chance, Orders orders) {
        if (orders.isMeticulous() && past.size() == REMEMBERED) {
            far.accept(new Arrival(past.get(chance.below(REMEMBERED / 2)), false));
        }
    }

    /// Somebody sends the last packet with one bit changed that means something.
    void forge(Chance chance, Orders orders) {
        if (orders.isAuthenticated() && !past.isEmpty()) {
            byte[] octets = past.getLast().octets().clone();
            octets[chance.oneIn(2) ? 1 : 12 + chance.below(40)] ^=
                    (byte) (1 << chance.below(6) + 2);
            far.accept(new Arrival(new Packet(octets), false));
        }
    }
}
