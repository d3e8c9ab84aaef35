package holdfast.report;

import holdfast.script.ScriptSpec;
import holdfast.vrrp.Authentication;
import holdfast.vrrp.ChecksumRule;
import holdfast.vrrp.Conduct;
import holdfast.vrrp.DropReason;
import holdfast.vrrp.FaultReason;
import holdfast.vrrp.InstanceStatus;
import holdfast.vrrp.NodeSpec;
import holdfast.vrrp.NodeStatus;
import holdfast.vrrp.Notifying;
import holdfast.vrrp.Place;
import holdfast.vrrp.Role;
import holdfast.vrrp.RouteSpec;
import holdfast.vrrp.Routing;
import holdfast.vrrp.RuleSpec;
import holdfast.vrrp.Statics;
import holdfast.vrrp.SyncGroupSpec;
import holdfast.vrrp.TrackScriptSpec;
import holdfast.vrrp.Tracking;
import holdfast.vrrp.Transport;
import holdfast.vrrp.Version;
import holdfast.vrrp.VirtualAddress;
import holdfast.vrrp.VrrpSpec;
import holdfast.vrrp.Weight;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// `keepalived.data`: what the virtual routers are told to be, and what they are. For people.
public final class VrrpDump {

    private VrrpDump() {}

    public static String of(NodeSpec spec, NodeStatus node, Clocks clocks) {
        Outline out = new Outline();
        statics(spec.statics(), out);
        out.title("VRRP Topology");
        for (InstanceStatus status : node.instances()) {
            instance(status, clocks, out);
        }
        if (!spec.groups().isEmpty()) {
            out.title("VRRP Sync groups");
            spec.groups().forEach(group -> group(group, out));
        }
        if (!spec.scripts().isEmpty()) {
            out.title("VRRP Scripts");
            spec.scripts().forEach(script -> script(script, out));
        }
        TrackersDump.of(spec.watching(), node.processes(), out);
        if (!node.sessions().isEmpty()) {
            out.title("VRRP Track BFDs");
            node.sessions().forEach((name, up) -> session(spec, name, up, out));
        }
        return out.toString();
    }

    private static void session(NodeSpec spec, String name, boolean up, Outline out) {
        out.head("VRRP Track BFD", name);
        out.line("State", up ? "UP" : "DOWN");
        List<String> users = new ArrayList<>();
        spec.instances().forEach(one -> addUser(one.name(), one.tracking(), name, users));
        spec.groups().forEach(one -> addUser("group " + one.name(), one.tracking(), name, users));
        out.list("Tracking VRRP instances", users);
    }

    private static void addUser(
            String user, Tracking tracking, String session, List<String> users) {
        for (Tracking.Item item : tracking.sessions()) {
            if (item.name().equals(session)) {
                users.add(item(new Tracking.Item(user, item.weight())));
            }
        }
    }

    private static void place(Place place, Outline out) {
        place.device().ifPresent(name -> out.line("Interface", name));
        place.own()
                .ifPresent(
                        own -> {
                            boolean vmac = own.isVmac();
                            out.line(vmac ? "Using VMAC" : "Using IPVLAN", own.name());
                            out.line("Base interface", own.base());
                        });
        if (place.throughBase()) {
            out.line("Xmit base", "enabled");
        }
        place.others().forEach(link -> out.line("VMAC for addresses", link.name()));
    }

    private static void instance(InstanceStatus status, Clocks clocks, Outline out) {
        VrrpSpec spec = status.spec();
        out.head("VRRP Instance", spec.name());
        out.line("VRRP Version", spec.version() == Version.V2 ? "2" : "3");
        out.line("State", status.role().toString());
        out.line("Wantstate", spec.election().wantsMaster() ? "MASTER" : "BACKUP");
        out.line("Last transition", Numbers.epoch(clocks.at(status.since())));
        place(spec.place(), out);
        status.source().ifPresent(source -> out.line("Using src_ip", source.toString()));
        status.master()
                .ifPresent(
                        master -> {
                            out.line("Master router", master.address().toString());
                            out.line("Master priority", Integer.toString(master.priority()));
                        });
        transport(spec.transport(), out);
        out.line("Virtual Router ID", Integer.toString(spec.vrid()));
        out.line("Priority", Integer.toString(spec.election().priority().value()));
        out.line("Effective priority", Integer.toString(status.priority()));
        out.line("Advert interval", Numbers.seconds(spec.timing().interval()) + " sec");
        out.line("Master advert interval", Numbers.seconds(status.masterInterval()) + " sec");
        out.line("Down timer adverts", Integer.toString(spec.timing().downTimerAdverts()));
        out.line("Promote_secondaries", spec.promoteSecondaries() ? "enabled" : "disabled");
        out.line("Preempt", spec.election().preempt() ? "enabled" : "disabled");
        if (!spec.election().preemptDelay().isZero()) {
            out.line("Preempt delay", Numbers.seconds(spec.election().preemptDelay()) + " sec");
        }
        switch (spec.authentication()) {
            case Authentication.None() -> out.line("Authentication type", "none");
            case Authentication.Password _ -> out.line("Authentication type", "SIMPLE_PASSWORD");
            case Authentication.AuthenticationHeader _ ->
                    out.line("Authentication type", "IPSEC_AH");
            case Authentication.Hmac hmac -> hmac(hmac, out);
        }
        conduct(spec.conduct(), out);
        for (FaultReason fault : status.faults()) {
            out.line("Fault", VrrpLog.fault(fault));
        }
        boolean set = status.role() == Role.MASTER;
        addresses("Virtual IP", spec.addresses(), set, out);
        addresses("Virtual IP Excluded", spec.excluded(), set, out);
        routing("Virtual Routes", routes(spec.routing()), out);
        routing("Virtual Rules", rules(spec.routing()), out);
        tracking(spec.tracking(), out);
        notifying(spec.notifying(), out);
        List<String> ignored = new ArrayList<>();
        for (DropReason reason : DropReason.values()) {
            long times = status.counters().droppedFor(reason);
            if (times > 0) {
                ignored.add(reason + ": " + times);
            }
        }
        out.list("Ignored packets", ignored);
    }

    private static void hmac(Authentication.Hmac hmac, Outline out) {
        out.line("Authentication type", "HMAC-SHA256-128");
        out.line("Authentication mode", hmac.mode().toString());
        List<String> keys =
                hmac.keys().stream()
                        .map(key -> key.id() + (key.id() == hmac.activeKey() ? " active" : ""))
                        .toList();
        out.list("Authentication keys", keys);
        out.line("Authentication window", Numbers.seconds(hmac.window()) + " sec");
        out.line("Anti-replay", hmac.checksTime() ? "time" : "monotonic");
    }

    private static void conduct(Conduct conduct, Outline out) {
        out.line("Strict mode", conduct.strict() ? "yes" : "no");
        switch (conduct.checksum()) {
            case ChecksumRule.Usual() -> {}
            case ChecksumRule.WithoutPseudoHeader() -> out.line("Checksum", "as in version 2");
            case ChecksumRule.OldUnicast _ -> out.line("Checksum", "old unicast");
            case ChecksumRule.Adaptive _ -> out.line("Checksum", "that of the peers");
        }
        if (conduct.tracksSource()) {
            out.line("Track source address", "yes");
        }
        if (conduct.rivalAfterStall().isPresent()) {
            out.line("Timer expired backup", conduct.rivalAfterStall().get().toString());
        }
        if (conduct.debugLevel() > 0) {
            out.line("Debug level", Integer.toString(conduct.debugLevel()));
        }
    }

    private static void transport(Transport transport, Outline out) {
        switch (transport) {
            case Transport.Multicast(var group) -> out.line("Multicast address", group.toString());
            case Transport.Unicast(var peers, var ttl, _) -> {
                out.line("Unicast TTL", Integer.toString(ttl));
                out.list(
                        "Unicast peers",
                        peers.stream().map(peer -> peer.address().toString()).toList());
            }
        }
    }

    private static List<Routing> routes(List<Routing> routing) {
        return routing.stream().filter(RouteSpec.class::isInstance).toList();
    }

    private static List<Routing> rules(List<Routing> routing) {
        return routing.stream().filter(RuleSpec.class::isInstance).toList();
    }

    private static void routing(String name, List<Routing> routing, Outline out) {
        if (!routing.isEmpty()) {
            out.list(name, routing.stream().map(RoutingText::of).toList());
        }
    }

    /// What is there whoever is master.
    private static void statics(Statics statics, Outline out) {
        if (!statics.addresses().isEmpty()) {
            out.title("Static Addresses");
            addresses("Static Addresses", statics.addresses(), true, out);
        }
        if (!statics.routing().isEmpty()) {
            out.title("Static Routes and Rules");
            routing("Static Routes", routes(statics.routing()), out);
            routing("Static Rules", rules(statics.routing()), out);
        }
    }

    private static void addresses(
            String name, List<VirtualAddress> addresses, boolean set, Outline out) {
        if (!addresses.isEmpty()) {
            out.list(
                    name + " (" + addresses.size() + ")",
                    addresses.stream().map(address -> Texts.address(address, set)).toList());
        }
    }

    private static void tracking(Tracking tracking, Outline out) {
        out.list("Tracked interfaces", tracking.interfaces().stream().map(VrrpDump::item).toList());
        out.list("Tracked scripts", tracking.scripts().stream().map(VrrpDump::item).toList());
        out.list("Tracked files", tracking.files().stream().map(VrrpDump::item).toList());
        out.list("Tracked processes", tracking.processes().stream().map(VrrpDump::item).toList());
        out.list("Tracked BFDs", tracking.sessions().stream().map(VrrpDump::item).toList());
    }

    private static String item(Tracking.Item item) {
        Weight weight = item.weight();
        return item.name() + " weight " + weight.value() + (weight.reverse() ? " reverse" : "");
    }

    private static void notifying(Notifying notifying, Outline out) {
        script("Backup state transition script", notifying.backup(), out);
        script("Master state transition script", notifying.master(), out);
        script("Fault state transition script", notifying.fault(), out);
        script("Stop state transition script", notifying.stop(), out);
        script("Deleted state transition script", notifying.deleted(), out);
        script("Generic state transition script", notifying.always(), out);
        script("Master rx lower pri script", notifying.masterHearsWeaker(), out);
        out.line("Notify deleted", notifying.notifyDeleted() ? "Deleted" : "Fault");
        out.line("Notify priority changes", Boolean.toString(notifying.priorityChanges()));
    }

    private static void script(String name, Optional<ScriptSpec> script, Outline out) {
        script.ifPresent(one -> out.line(name, command(one)));
    }

    private static String command(ScriptSpec script) {
        return Texts.quoted(script)
                + ", uid:gid "
                + script.identity().uid()
                + ":"
                + script.identity().gid();
    }

    private static void group(SyncGroupSpec group, Outline out) {
        out.head("VRRP Sync Group", group.name());
        out.list("Members", group.members());
        tracking(group.tracking(), out);
        notifying(group.notifying(), out);
    }

    private static void script(TrackScriptSpec script, Outline out) {
        out.head("VRRP Script", script.name());
        out.line("Command", command(script.script()));
        out.line("Interval", Numbers.seconds(script.interval()) + " sec");
        out.line("Timeout", Numbers.seconds(script.timeout()) + " sec");
        out.line("Rise", Integer.toString(script.rise()));
        out.line("Fall", Integer.toString(script.fall()));
    }
}
