package holdfast.daemon.vrrp;

import holdfast.config.FirewallSpec;
import holdfast.config.GlobalSpec.ProcessSpec;
import holdfast.config.HouseSpec.BufferSpec;
import holdfast.config.SyncDaemonSpec;
import holdfast.daemon.Level;
import holdfast.daemon.Reporter;
import holdfast.daemon.RoleMessage;
import holdfast.daemon.firewall.Firewall;
import holdfast.daemon.kernel.IpvsHome;
import holdfast.daemon.watch.ProcessBuffer;
import holdfast.linux.Mailbox;
import holdfast.linux.Namespaces;
import holdfast.vrrp.NodeSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/// All virtual routers of this host, from the first socket to the last.
///
/// Made on any thread; runs on one of its own.
public final class VrrpRole {

    /// What the surroundings of the role are like.
    ///
    /// @param networkNamespace where it lives; empty for where its thread is
    /// @param receiveBufferBytes for adverts, for each socket; 0 for the system's default
    /// @param process how urgent it is
    /// @param processBuffer for what the kernel tells of processes
    /// @param buffers of the sockets for rtnetlink
    /// @param quietGroups whether the kernel shall not report groups that stay on the link
    /// @param ipvs where the sync daemon is
    /// @param notes how the path begins of what a successor of a killed process needs to know
    public record Options(
            Optional<Path> networkNamespace,
            int receiveBufferBytes,
            ProcessSpec process,
            ProcessBuffer processBuffer,
            BufferSpec buffers,
            boolean quietGroups,
            IpvsHome ipvs,
            Path notes) {}

    private final NodeSpec spec;
    private final Optional<SyncDaemonSpec> syncDaemon;
    private final FirewallSpec firewall;
    private final Reporter reporter;
    private final Mailbox<RoleMessage> inbox;
    private final Options options;

    /// @param syncDaemon which may follow one of the routers
    /// @param firewall where packets are dropped
    public VrrpRole(
            NodeSpec spec,
            Optional<SyncDaemonSpec> syncDaemon,
            FirewallSpec firewall,
            Reporter reporter,
            Mailbox<RoleMessage> inbox,
            Options options) {
        this.spec = spec;
        this.syncDaemon = syncDaemon;
        this.firewall = firewall;
        this.reporter = reporter;
        this.inbox = inbox;
        this.options = options;
    }

    /// One file for each network namespace, for parameters of the kernel are kept by each.
    private Path notes() throws IOException {
        Path begin = options.notes();
        return begin.resolveSibling(
                begin.getFileName() + "-" + Namespaces.numberOfThisThread() + ".undo");
    }

    /// Returns when [RoleMessage.Stop] was carried out.
    public void run() throws IOException {
        if (options.networkNamespace().isPresent()) {
            Namespaces.enterNetwork(options.networkNamespace().get());
        }
        try (RouteSocket commands = new RouteSocket(options.buffers());
                LinkPort links = new LinkPort(reporter, commands, options.buffers());
                RoutingPort routes = new RoutingPort(reporter, options.buffers());
                SecondaryPromotion secondaries = new SecondaryPromotion(reporter);
                AnnounceActuator announcements = new AnnounceActuator(reporter, links.table());
                ScriptActuator scripts = new ScriptActuator(reporter);
                Firewall filter = new Firewall(reporter, firewall, links::indexOf);
                SyncActuator sync = new SyncActuator(reporter, syncDaemon, options.ipvs())) {
            AddressActuator addresses = new AddressActuator(reporter, commands, links.table());
            RoutingActuator routing = new RoutingActuator(reporter, commands, links.table());
            VirtualLinks virtual =
                    new VirtualLinks(reporter, commands, links, options.quietGroups(), notes());
            try (VrrpLoop loop =
                    new VrrpLoop(
                            spec,
                            reporter,
                            inbox,
                            options,
                            links,
                            virtual,
                            addresses,
                            routes,
                            routing,
                            secondaries,
                            filter,
                            announcements,
                            scripts,
                            sync)) {
                loop.run();
                reporter.log(Level.DEBUG, "Deadlines were late by " + loop.lateness());
            }
        }
    }
}
