package holdfast.lab;

/// A switch: a bridge in a namespace of its own, with one port for each interface plugged in.
public final class Wire {

    private static final String BRIDGE = "switch";

    private final Host host;
    private int ports;

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
        String port = "%s-%d".formatted(other.label(), ports++);
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
