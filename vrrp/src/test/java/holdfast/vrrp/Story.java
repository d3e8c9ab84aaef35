package holdfast.vrrp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import holdfast.net.IpAddress;
import holdfast.net.IpPrefix;
import holdfast.net.MacAddress;
import holdfast.time.MonoTime;
import holdfast.vrrp.VrrpEvent.DeadlineReached;
import holdfast.vrrp.VrrpEvent.LinkIs;
import holdfast.vrrp.VrrpEvent.PacketReceived;
import holdfast.wire.Datagram;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What happens to a node, and what it asks for, as text.
final class Story {

    private final VrrpNode node;
    private final StringBuilder text = new StringBuilder();
    private MonoTime now = new MonoTime(0);

    Story(NodeSpec spec) {
        this.node = new VrrpNode(spec, now);
    }

    Story(VrrpSpec... specs) {
        this(Specs.node(specs));
    }

    VrrpNode node() {
        return node;
    }

    /// Lets time pass, and then something happen.
    Story at(long millis, VrrpEvent event) {
        until(millis);
        tell(event);
        return this;
    }

    /// Lets time pass; every deadline is kept to the nanosecond.
    Story until(long millis) {
        MonoTime end = new MonoTime(Duration.ofMillis(millis).toNanos());
        while (!node.deadline().isAfter(end)) {
            now = node.deadline().isAfter(now) ? node.deadline() : now;
            tell(new DeadlineReached());
        }
        now = end;
        return this;
    }

    /// Lets time pass while nobody looks at a clock, as on a machine that stands still.
    Story wakesAt(long millis, VrrpEvent event) {
        now = new MonoTime(Duration.ofMillis(millis).toNanos());
        tell(event);
        return this;
    }

    /// Forgets what was told, so that a test can be about the rest.
    Story skip() {
        text.setLength(0);
        return this;
    }

    /// What was told, as text.
    String told() {
        return text.toString();
    }

    void reads(String expected) {
        String next = node.deadline().equals(MonoTime.NEVER) ? "never" : millis(node.deadline());
        assertEquals(expected, text + "next " + next + "\n");
    }

    private void tell(VrrpEvent event) {
        List<VrrpEffect> effects = node.on(now, event);
        text.append(millis(now)).append(' ').append(words(event)).append('\n');
        String last = "";
        int times = 1;
        for (VrrpEffect effect : effects) {
            String line = words(effect);
            if (line.equals(last)) {
                times++;
                continue;
            }
            append(last, times);
            last = line;
            times = 1;
        }
        append(last, times);
    }

    private void append(String line, int times) {
        if (!line.isEmpty()) {
            text.append("  ").append(line).append(times > 1 ? " x" + times : "").append('\n');
        }
    }

    private static String millis(MonoTime time) {
        long micros = time.nanos() / 1_000;
        return micros % 1_000 == 0
                ? micros / 1_000 + "ms"
                : "%d.%03dms".formatted(micros / 1_000, micros % 1_000);
    }

    private static String words(VrrpEvent event) {
        return switch (event) {
            case DeadlineReached _ -> "DeadlineReached";
            case PacketReceived(_, var datagram) ->
                    "PacketReceived from %s prio %d"
                            .formatted(
                                    datagram.source(),
                                    datagram.payload().remaining() > 2
                                            ? AdvertCodec.priority(datagram.payload())
                                            : -1);
            case LinkIs link -> link.name() + (link.up() ? " is up" : " is down");
            case VrrpEvent.Respecified _ -> "Respecified";
            case VrrpEvent.LinkGone gone -> gone.toString();
            case VrrpEvent.AddressTakenAway taken -> taken.toString();
            case VrrpEvent.RoutingTakenAway(var routing) -> "RoutingTakenAway " + one(routing);
            case VrrpEvent.StaticPlaced(var routing, boolean placed) ->
                    one(routing) + (placed ? " is placed" : " cannot be placed");
            case VrrpEvent.ScriptFinished finished -> finished.toString();
            case VrrpEvent.WallClockIs clock -> clock.toString();
            case VrrpEvent.ScriptOverdue overdue -> overdue.toString();
            case VrrpEvent.FileSays says -> says.toString();
            case VrrpEvent.ProcessesCounted counted -> counted.toString();
            case VrrpEvent.SessionIs session -> session.toString();
            case VrrpEvent.StopRequested stop -> stop.toString();
        };
    }

    private static String words(VrrpEffect effect) {
        return switch (effect) {
            case VrrpEffect.SendPacket(var name, _, var to, int ttl, var message) ->
                    "send %s prio %d to %s ttl %d"
                            .formatted(
                                    name, AdvertCodec.priority(ByteBuffer.wrap(message)), to, ttl);
            case VrrpEffect.ClaimAddresses(var name, var addresses) ->
                    "claim " + name + list(addresses);
            case VrrpEffect.BlockAddresses(var name, var addresses) ->
                    "block " + name + list(addresses);
            case VrrpEffect.UnblockAddresses(var name, var addresses) ->
                    "unblock " + name + list(addresses);
            case VrrpEffect.ReleaseAddresses(var name, var addresses) ->
                    "release " + name + list(addresses);
            case VrrpEffect.ClaimRouting(var name, var routing) ->
                    "claim " + name + routing(routing);
            case VrrpEffect.ReleaseRouting(var name, var routing) ->
                    "release " + name + routing(routing);
            case VrrpEffect.AnnounceAddresses(var name, var addresses) ->
                    "announce " + name + list(addresses);
            case VrrpEffect.RunScript(var name, long run, _, _) -> "run " + name + " #" + run;
            case VrrpEffect.RoleChanged(var name, var from, var to, var cause, int priority) ->
                    "%s %s -> %s %s %d".formatted(name, from, to, cause, priority);
            case VrrpEffect.FaultsChanged(var name, var reasons) ->
                    name
                            + " faults "
                            + reasons.stream()
                                    .map(reason -> reason.kind() + " " + reason.what())
                                    .toList();
            case VrrpEffect.Fact _ -> effect.toString();
        };
    }

    private static String list(List<VirtualAddress> addresses) {
        return addresses.stream()
                .map(address -> address.prefix().toString())
                .collect(Collectors.joining(" ", " ", ""));
    }

    private static String routing(List<Routing> routing) {
        return routing.stream().map(Story::one).collect(Collectors.joining(" ", " ", ""));
    }

    private static String one(Routing routing) {
        return switch (routing) {
            case RouteSpec route -> "route:" + route.destination();
            case RuleSpec rule -> "rule:" + rule.rule().priority();
        };
    }

    // Events as a story needs them.

    static LinkIs up(String name, String... addresses) {
        return link(name, true, addresses);
    }

    static LinkIs down(String name, String... addresses) {
        return link(name, false, addresses);
    }

    private static LinkIs link(String name, boolean up, String... addresses) {
        List<IpPrefix> prefixes =
                Stream.of(addresses).map(text -> new IpPrefix(Specs.ip(text), 24)).toList();
        return new LinkIs(name, up, 1500, new MacAddress(0x0200_0000_0001L), prefixes);
    }

    /// The advert that a router with this spec would send.
    static PacketReceived advert(VrrpSpec spec, int priority, String from) {
        IpAddress source = Specs.ip(from);
        return packet(
                spec, from, AdvertCodec.encode(spec, priority, source, Specs.destination(spec)));
    }

    static PacketReceived packet(VrrpSpec spec, String from, byte[] message) {
        return new PacketReceived(
                spec.place().device().orElse(""),
                new Datagram(
                        Specs.ip(from), Specs.destination(spec), 255, ByteBuffer.wrap(message)));
    }
}
