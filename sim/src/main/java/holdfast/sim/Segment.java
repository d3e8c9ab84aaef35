package holdfast.sim;

import holdfast.net.IpAddress;
import holdfast.wire.Datagram;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// One broadcast domain: what one router sends, the others hear, sooner, later, twice, or never,
/// and not always in the order in which it was sent.
final class Segment {

    /// How the network treats packets; of so many one is lost, or heard twice; 0 for none.
    record Weather(int lossOneIn, int twiceOneIn, Duration delay) {

        static final Weather CALM = new Weather(0, 0, Duration.ofMillis(1));
        static final List<Weather> STORMS =
                List.of(
                        CALM,
                        new Weather(8, 10, Duration.ofMillis(40)),
                        new Weather(3, 0, Duration.ofMillis(5)),
                        new Weather(0, 2, Duration.ofMillis(150)));
    }

    /// Nothing passes from one to the other; the way back is another matter.
    private record Cut(Router from, Router to) {}

    private final World world;
    private final Chance chance;
    private final String name;
    private final List<Router> routers = new ArrayList<>();
    private final Set<Cut> cuts = new HashSet<>();
    private Weather weather = Weather.CALM;

    Segment(World world, Chance chance, String name) {
        this.world = world;
        this.chance = chance;
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

    /// The routers before this one hear the others no more, nor the other way round.
    void split(int at) {
        for (int i = 0; i < at; i++) {
            for (int j = at; j < routers.size(); j++) {
                cut(routers.get(i), routers.get(j));
                cut(routers.get(j), routers.get(i));
            }
        }
    }

    void mend() {
        cuts.clear();
    }

    /// Whether both hear each other.
    boolean joins(Router one, Router other) {
        return !cuts.contains(new Cut(one, other)) && !cuts.contains(new Cut(other, one));
    }

    /// @param later when it really leaves, after all that the sender did before
    void send(Router from, Duration later, Datagram packet) {
        for (Router to : routers) {
            boolean addressed =
                    packet.destination().isMulticast() || to.host().has(name, packet.destination());
            if (to == from || !addressed || cuts.contains(new Cut(from, to))) {
                continue;
            }
            if (happens(weather.lossOneIn())) {
                continue;
            }
            deliver(to, later, packet);
            if (happens(weather.twiceOneIn())) {
                deliver(to, later, packet);
            }
        }
    }

    static Datagram packet(
            IpAddress source, IpAddress destination, int ttl, byte[] message, int protocol) {
        return new Datagram(source, destination, ttl, protocol, 0, ByteBuffer.wrap(message));
    }

    private boolean happens(int oneIn) {
        return oneIn > 0 && chance.oneIn(oneIn);
    }

    private void deliver(Router to, Duration later, Datagram packet) {
        boolean calm = weather.equals(Weather.CALM);
        // In the calm packets also keep their order.
        Duration delay = later.plus(calm ? weather.delay() : chance.upTo(weather.delay()));
        world.after(delay, () -> to.receive(name, packet));
    }
}
