package holdfast.sim;

import holdfast.net.IpAddress;
import holdfast.wire.Datagram;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// One broadcast domain: what one router sends, the others hear, sooner, later, twice, or never.
final class Segment {

    /// How the network treats packets.
    enum Weather {
        CALM,
        STORM
    }

    /// Nothing passes from one to the other; the way back is another matter.
    private record Cut(Router from, Router to) {}

    private static final int LOSS_ONE_IN = 8;
    private static final int TWICE_ONE_IN = 10;
    private static final Duration DELAY_IN_STORM = Duration.ofMillis(40);
    private static final Duration DELAY_IN_CALM = Duration.ofMillis(1);

    private final World world;
    private final String name;
    private final List<Router> routers = new ArrayList<>();
    private final Set<Cut> cuts = new HashSet<>();
    private Weather weather = Weather.CALM;

    Segment(World world, String name) {
        this.world = world;
        this.name = name;
    }

    String name() {
        return name;
    }

    void attach(Router router) {
        routers.add(router);
    }

    void weather(Weather next) {
        weather = next;
    }

    void cut(Router from, Router to) {
        cuts.add(new Cut(from, to));
    }

    void mend() {
        cuts.clear();
    }

    /// Whether both hear each other.
    boolean joins(Router one, Router other) {
        return !cuts.contains(new Cut(one, other)) && !cuts.contains(new Cut(other, one));
    }

    void send(Router from, IpAddress source, IpAddress destination, int ttl, byte[] message) {
        for (Router to : routers) {
            boolean addressed = destination.isMulticast() || to.has(name, destination);
            if (to == from || !addressed || cuts.contains(new Cut(from, to))) {
                continue;
            }
            if (weather == Weather.STORM && world.oneIn(LOSS_ONE_IN)) {
                continue;
            }
            deliver(to, new Datagram(source, destination, ttl, ByteBuffer.wrap(message)));
            if (weather == Weather.STORM && world.oneIn(TWICE_ONE_IN)) {
                deliver(to, new Datagram(source, destination, ttl, ByteBuffer.wrap(message)));
            }
        }
    }

    private void deliver(Router to, Datagram datagram) {
        Duration delay =
                switch (weather) {
                    case CALM -> DELAY_IN_CALM;
                    case STORM -> DELAY_IN_STORM;
                };
        world.after(world.upTo(delay), () -> to.receive(name, datagram));
    }
}
