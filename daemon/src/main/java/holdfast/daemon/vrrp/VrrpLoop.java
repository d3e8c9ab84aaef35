package holdfast.daemon.vrrp;

import holdfast.daemon.LateTimers;
import holdfast.daemon.Reporter;
import holdfast.daemon.RoleMessage;
import holdfast.daemon.firewall.Firewall;
import holdfast.daemon.watch.ProcessBuffer;
import holdfast.daemon.watch.WatchPort;
import holdfast.daemon.watch.WatchWord;
import holdfast.linux.EventLoop;
import holdfast.linux.Fd;
import holdfast.linux.Mailbox;
import holdfast.linux.SyscallException;
import holdfast.time.MonoTime;
import holdfast.vrrp.LinkWatchSpec;
import holdfast.vrrp.NodeSpec;
import holdfast.vrrp.Routing;
import holdfast.vrrp.SyncGroupSpec;
import holdfast.vrrp.Tracking;
import holdfast.vrrp.VirtualAddress;
import holdfast.vrrp.VrrpEffect;
import holdfast.vrrp.VrrpEvent;
import holdfast.vrrp.VrrpNode;
import holdfast.vrrp.VrrpSpec;
import holdfast.vrrp.Watching;
import holdfast.wire.Datagram;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The circle: what the kernel says goes into the node as events, what the node asks for is
/// carried out, in order, before anything else is heard.
///
/// Confined to one thread.
final class VrrpLoop implements EventLoop.Ticker, AutoCloseable {

    /// Announcements in one go; each is a system call.
    private static final int ANNOUNCEMENTS_MAX = 64;

    private static final Duration SOON = Duration.ofNanos(1);

    private final Reporter reporter;
    private final Mailbox<RoleMessage> inbox;
    private final LinkPort links;
    private final VirtualLinks virtual;
    private final AddressActuator addresses;
    private final RoutingPort routes;
    private final RoutingActuator routing;
    private final SecondaryPromotion secondaries;
    private final Firewall firewall;
    private final AnnounceActuator announcements;
    private final ScriptActuator scripts;
    private final SyncActuator sync;
    private final EventLoop loop;
    private final VrrpPort adverts;
    private final VrrpNode node;
    private final ProcessBuffer processBuffer;

    /// There is something to watch beside links and scripts, or there was.
    private Optional<WatchPort> watch = Optional.empty();
    private final Anticipation anticipation = new Anticipation();

    /// What is carried out when all effects of an event were looked at.
    private final Deque<VirtualAddress> announced = new ArrayDeque<>();

    private final List<VrrpEffect> facts = new ArrayList<>();

    /// When the rest of it is carried out.
    private MonoTime restAt = MonoTime.NEVER;

    /// From the last order on, addresses, routes and rules stay where they are.
    private boolean keepsAddresses;

    /// What ends the role, when it is not an order.
    private @Nullable SyscallException failure;

    VrrpLoop(
            NodeSpec spec,
            Reporter reporter,
            Mailbox<RoleMessage> inbox,
            VrrpRole.Options options,
            LinkPort links,
            VirtualLinks virtual,
            AddressActuator addresses,
            RoutingPort routes,
            RoutingActuator routing,
            SecondaryPromotion secondaries,
            Firewall firewall,
            AnnounceActuator announcements,
            ScriptActuator scripts,
            SyncActuator sync)
            throws SyscallException {
        this.reporter = reporter;
        this.inbox = inbox;
        this.links = links;
        this.virtual = virtual;
        this.addresses = addresses;
        this.routes = routes;
        this.routing = routing;
        this.secondaries = secondaries;
        this.firewall = firewall;
        this.announcements = announcements;
        this.scripts = scripts;
        this.sync = sync;
        this.loop = new EventLoop(this);
        loop.tellLate(
                options.process().urgency().lateness(),
                new LateTimers(options.process(), reporter));
        this.adverts =
                new VrrpPort(reporter, loop, links, options.receiveBufferBytes(), this::onPacket);
        this.node = new VrrpNode(spec, EventLoop.clock(), Uptime.ofHost(spec.hearing()));
        this.processBuffer = options.processBuffer();
    }

    void run() throws SyscallException {
        MonoTime now = EventLoop.clock();
        want(now, LinkOrders.of(node.spec()));
        addresses.removeLeftovers(now, node.spec());
        prepareFirewall(node.spec());
        adverts.open(now, node.spec());
        followSurroundings(node.spec());
        loop.watch(inbox.fd(), this::onMessages);
        loop.watch(links.fd(), this::onLinks);
        loop.watch(scripts.fd(), this::onScripts);
        Rehearsal.play(node.spec(), now);
        follow(node.spec().watched());
        tellMissing(now, node.spec());
        tellLinks(now);
        sync.begin();
        loop.run();
        if (failure != null) {
            throw failure;
        }
        if (!keepsAddresses) {
            virtual.withdraw(EventLoop.clock());
        }
    }

    // Ports: everything that happens becomes an event.

    private void onPacket(MonoTime now, String interfaceName, Datagram datagram) {
        happened(now, new VrrpEvent.PacketReceived(interfaceName, datagram));
    }

    private void onLinks(MonoTime now) {
        try {
            links.read();
            virtual.follow(now);
            firewall.follow(virtual.macvlans());
            tellLinks(now);
        } catch (SyscallException e) {
            fail(e);
        }
    }

    private void tellLinks(MonoTime now) {
        Set<String> fallen = links.fallen();
        fallen.forEach(routing::onFallen);
        for (VrrpEvent change : links.changes()) {
            switch (change) {
                case VrrpEvent.LinkIs link -> {
                    adverts.onLink(now, link.name());
                    addresses.onLink(link.name());
                    firewall.onLink(link.name());
                    routing.onLink(link.name());
                    secondaries.onLink(link.name());
                }
                case VrrpEvent.LinkGone link -> adverts.onLink(now, link.name());
                default -> throw new IllegalStateException("not about links: " + change);
            }
            happened(now, change);
        }
        for (LinkPort.Vanished one : links.vanished()) {
            if (addresses.holds(one.interfaceName(), one.address())) {
                happened(now, new VrrpEvent.AddressTakenAway(one.interfaceName(), one.address()));
            }
        }
        fallen.forEach(routing::onLink);
        settle(now);
    }

    /// Links come first: what went with its interface was not taken away.
    private void onRoutes(MonoTime now) {
        onLinks(now);
        if (routes.read(routing::hear)) {
            routing.doubtAll();
            settle(now);
        }
        for (Routing taken : routing.taken()) {
            happened(now, new VrrpEvent.RoutingTakenAway(taken));
        }
    }

    /// Listens for routes and rules, and sets up interfaces, as the orders need it.
    private void followSurroundings(NodeSpec spec) throws SyscallException {
        Optional<Fd> fresh = routes.follow(spec);
        if (fresh.isPresent()) {
            loop.watch(fresh.get(), this::onRoutes);
        }
        secondaries.follow(spec);
    }

    private void onScripts(MonoTime now) {
        for (Optional<ScriptActuator.Word> next = scripts.receive();
                next.isPresent();
                next = scripts.receive()) {
            switch (next.get()) {
                case ScriptActuator.Word.Finished(var script, long run, boolean success) ->
                        happened(now, new VrrpEvent.ScriptFinished(script, run, success));
                case ScriptActuator.Word.Overdue(var script, long run) ->
                        happened(now, new VrrpEvent.ScriptOverdue(script, run));
                case ScriptActuator.Word.Broken(var reason) ->
                        throw new IllegalStateException("the script thread ended", reason);
            }
        }
    }

    private void follow(Watching watching) throws SyscallException {
        if (watch.isEmpty() && !watching.equals(Watching.NOTHING)) {
            WatchPort made = new WatchPort(reporter, processBuffer);
            watch = Optional.of(made);
            loop.watch(made.fd(), now -> onWatch(now, made));
        }
        Set<String> asked = new LinkedHashSet<>();
        for (LinkWatchSpec link : watching.links()) {
            link.poll().ifPresent(_ -> asked.add(link.interfaceName()));
        }
        links.asksOnly(asked);
        watch.ifPresent(port -> port.follow(watching));
    }

    private void onWatch(MonoTime now, WatchPort port) {
        for (Optional<WatchWord> next = port.receive(); next.isPresent(); next = port.receive()) {
            switch (next.get()) {
                case WatchWord.Happened(var event) -> happened(now, event);
                case WatchWord.Link(var name, boolean up) -> links.asked(name, up);
                case WatchWord.Broken(var reason) ->
                        throw new IllegalStateException("the watching thread ended", reason);
            }
        }
        tellLinks(now);
    }

    private void onMessages(MonoTime now) {
        for (Optional<RoleMessage> next = inbox.receive();
                next.isPresent();
                next = inbox.receive()) {
            switch (next.get()) {
                case RoleMessage.RespecifyVrrp(var spec, var daemon, var filter) -> {
                    firewall.respecify(filter);
                    prepareFirewall(spec);
                    respecify(now, spec);
                    sync.respecify(daemon);
                }
                case RoleMessage.VrrpStatus(var answer) -> answer.accept(node.whole());
                case RoleMessage.Stop() -> {
                    happened(now, new VrrpEvent.StopRequested());
                    settleAll(now);
                    loop.stop();
                }
                case RoleMessage.Leave() -> {
                    keepsAddresses = true;
                    happened(now, new VrrpEvent.StopRequested());
                    settleAll(now);
                    loop.stop();
                }
                case RoleMessage.SessionsAre(var verdicts) ->
                        verdicts.forEach(
                                (name, up) -> happened(now, new VrrpEvent.SessionIs(name, up)));
                case RoleMessage.Settle(var answer) -> answer.run();
                case RoleMessage.ToBalance _, RoleMessage.ToBfd _ ->
                        throw new IllegalStateException("not for VRRP: " + next.get());
            }
        }
    }

    /// Has the interfaces that routers make for themselves, and keeps quiet what leaves by them.
    private void want(MonoTime now, LinkOrders orders) throws SyscallException {
        virtual.want(now, orders);
        firewall.follow(virtual.macvlans());
    }

    /// Routers that go still need their sockets to say so.
    private void respecify(MonoTime now, NodeSpec next) {
        LinkOrders before = LinkOrders.of(node.spec());
        LinkOrders after = LinkOrders.of(next);
        try {
            if (!before.equals(after)) {
                want(now, before.until(after));
            }
            adverts.open(now, next);
            followSurroundings(next);
        } catch (SyscallException e) {
            fail(e);
        }
        tellMissing(now, next);
        happened(now, new VrrpEvent.Respecified(next));
        try {
            follow(next.watched());
            if (!before.equals(after)) {
                want(now, after);
            }
        } catch (SyscallException e) {
            fail(e);
        }
        tellLinks(now);
        adverts.prune(next);
    }

    @Override
    public MonoTime deadline() {
        return earlier(
                earlier(node.deadline(), anticipation.deadline(node.takeoverAt())),
                earlier(
                        earlier(earlier(restAt, virtual.deadline()), routing.deadline()),
                        earlier(addresses.deadline(), adverts.deadline())));
    }

    @Override
    public void onDeadline(MonoTime now) {
        if (!anticipation.deadline(node.takeoverAt()).isAfter(now)) {
            anticipation.onDeadline(now, node.takeoverAt(), node.spec());
        }
        if (!node.deadline().isAfter(now)) {
            happened(now, new VrrpEvent.DeadlineReached());
        }
        if (!addresses.deadline().isAfter(now)) {
            addresses.onDeadline();
            settle(now);
        }
        if (!restAt.isAfter(now)) {
            settle(now);
        }
        if (!routing.deadline().isAfter(now)) {
            routing.onDeadline();
            settle(now);
        }
        if (!adverts.deadline().isAfter(now)) {
            adverts.onDeadline(now);
        }
        if (!virtual.deadline().isAfter(now)) {
            onLinks(now);
        }
    }

    private void happened(MonoTime now, VrrpEvent event) {
        if (node.needsWallClock()) {
            node.on(now, new VrrpEvent.WallClockIs(Instant.now()));
        }
        List<VrrpEffect> effects = node.on(now, event);
        if (!effects.isEmpty()) { // What waited before waits for its time.
            effects.forEach(this::carryOut);
            settle(now);
        }
    }

    /// Packets leave at once. All else waits for the others of its kind, however many routers an
    /// event concerns: so all of them have spoken before the first is busy with its addresses.
    private void carryOut(VrrpEffect effect) {
        switch (effect) {
            case VrrpEffect.SendPacket packet -> adverts.send(packet);
            case VrrpEffect.BlockAddresses(_, var wanted) -> firewall.block(wanted);
            case VrrpEffect.ClaimAddresses(var instance, var wanted) ->
                    addresses.claim(instance, wanted);
            case VrrpEffect.ReleaseAddresses(var instance, var unwanted) -> {
                if (!keepsAddresses) {
                    addresses.release(instance, unwanted);
                }
            }
            case VrrpEffect.ClaimRouting(var instance, var wanted) ->
                    routing.claim(instance, wanted);
            case VrrpEffect.ReleaseRouting(var instance, var unwanted) -> {
                if (!keepsAddresses) {
                    routing.release(instance, unwanted);
                }
            }
            case VrrpEffect.UnblockAddresses(_, var unwanted) -> firewall.unblock(unwanted);
            case VrrpEffect.AnnounceAddresses(_, var some) -> announced.addAll(some);
            case VrrpEffect.RunScript script -> scripts.run(script);
            case VrrpEffect.Fact _ -> facts.add(effect);
        }
    }

    /// Carries out what waits, as much of it as adverts can wait for. No address is on an interface
    /// and not blocked that should be, and people are told of what is so already.
    ///
    /// @return whether nothing waits any longer
    private boolean settle(MonoTime now) {
        boolean placed = addresses.isIdle() && routing.isIdle();
        if (facts.isEmpty() && announced.isEmpty() && placed && firewall.isIdle()) {
            restAt = MonoTime.NEVER;
            return true;
        }
        firewall.commitBlocks();
        boolean done =
                routing.commitReleases() && addresses.commit(now) && routing.commitClaims(now);
        if (done) {
            firewall.commitReleases();
            List<VirtualAddress> some = new ArrayList<>();
            while (some.size() < ANNOUNCEMENTS_MAX && !announced.isEmpty()) {
                some.add(announced.remove());
            }
            announcements.announce(some);
            done = announced.isEmpty();
        }
        if (done) {
            for (VrrpEffect fact : facts) {
                reporter.vrrp(fact);
                sync.on(fact);
            }
            facts.clear();
        }
        // The next turn hears the sockets and reads the clock before it goes on.
        restAt = done ? MonoTime.NEVER : now.plus(SOON);
        for (RoutingActuator.Placed one : routing.placed()) {
            happened(now, new VrrpEvent.StaticPlaced(one.routing(), one.placed()));
        }
        return restAt.equals(MonoTime.NEVER);
    }

    private void settleAll(MonoTime now) {
        boolean done;
        do {
            done = settle(now);
        } while (!done);
    }

    /// Has tables at hand for the addresses that will have to be blocked.
    private void prepareFirewall(NodeSpec spec) {
        for (VrrpSpec instance : spec.instances()) {
            if (!instance.accepts()) {
                instance.addresses().forEach(one -> firewall.prepare(one.address().family()));
                instance.excluded().forEach(one -> firewall.prepare(one.address().family()));
            }
        }
    }

    /// How late deadlines were noticed, in words.
    String lateness() {
        return loop.lateness().toString();
    }

    /// Of an interface that is not there, the kernel says nothing.
    private void tellMissing(MonoTime now, NodeSpec spec) {
        Set<String> mentioned = new LinkedHashSet<>();
        for (VrrpSpec instance : spec.instances()) {
            mentioned.addAll(instance.place().required());
            addNames(mentioned, instance.tracking());
        }
        for (SyncGroupSpec group : spec.groups()) {
            addNames(mentioned, group.tracking());
        }
        mentioned.removeIf(name -> links.indexOf(name) != 0);
        mentioned.forEach(name -> happened(now, new VrrpEvent.LinkGone(name)));
    }

    private static void addNames(Set<String> names, Tracking tracking) {
        tracking.interfaces().forEach(item -> names.add(item.name()));
    }

    private void fail(SyscallException e) {
        failure = e;
        loop.stop();
    }

    private static MonoTime earlier(MonoTime one, MonoTime other) {
        return one.isAfter(other) ? other : one;
    }

    @Override
    public void close() {
        watch.ifPresent(WatchPort::close);
        adverts.close();
        loop.close();
    }
}
