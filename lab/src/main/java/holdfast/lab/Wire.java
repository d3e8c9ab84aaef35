package holdfast.lab;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// A switch: a bridge in a namespace of its own, with one port for each interface plugged in.
public final class Wire {

    private static final String BRIDGE = "switch";

    private final Host host;
    private final Map<Host, String> ports = new HashMap<>();

    Wire(Host host) {
        this.host = host;
        host.run(
                "ip",
                "link",
                "add",
                BRIDGE,
                "type",
                "bridge",
                "forward_delay",
                "0",
                "mcast_snooping",
                "0");
        host.run("ip", "link", "set", BRIDGE, "up");
    }

    /// Makes a cable from the switch to a new interface of a host.
    void connect(Host other, String device) {
        String port = "to-" + other.label();
        host.run(
                "ip",
                "link",
                "add",
                port,
                "type",
                "veth",
                "peer",
                "name",
                device,
                "netns",
                other.namespace());
        host.run("ip", "link", "set", port, "master", BRIDGE, "up");
        ports.put(other, port);
    }

    /// Takes a host's carrier away, as a pulled cable does.
    public void unplug(Host other) {
        host.run("ip", "link", "set", port(other), "down");
    }

    /// Puts the cable back.
    public void replug(Host other) {
        host.run("ip", "link", "set", port(other), "up");
    }

    private String port(Host other) {
        return Optional.ofNullable(ports.get(other)).orElseThrow();
    }

    /// Everything that passes the switch, as tcpdump's filter picks it.
    public Capture capture(String filter) {
        return Capture.start(host, BRIDGE, filter);
    }

    /// The device of the switch that sees all frames.
    public String device() {
        return BRIDGE;
    }

    /// The host that is the switch.
    public Host host() {
        return host;
    }
}
