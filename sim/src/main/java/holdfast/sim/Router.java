package holdfast.sim;

import holdfast.time.MonoTime;
import holdfast.vrrp.InstanceStatus;
import holdfast.vrrp.NodeSpec;
import holdfast.vrrp.Routing;
import holdfast.vrrp.VrrpEffect;
import holdfast.vrrp.VrrpEvent;
import holdfast.vrrp.VrrpNode;
import holdfast.wire.Datagram;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// A process that runs the production core on a pretended host, as the daemon's loop does.
///
/// Each turn reads the clock once; what waits is heard first, deadlines come after. Carrying out
/// an effect takes time, so that what comes behind it leaves later, and the next turn waits.
final class Router {

    /// Whether the process runs, stands still, or is no more.
    private enum Condition {
        RUNNING,
        FROZEN,
        DEAD
    }

    /// What threads beside the loop take to say what they watch.
    private static final Duration WATCH_DELAY = Duration.ofMillis(1);

    private final World world;
    private final String name;
    private final Host host = new Host();
    private final Circumstances circumstances = new Circumstances();
    private final KernelNews news;
    private final Hands hands;

    /// What happened and was not heard yet; what turns out to be no event is left out.
    private final Deque<Hearing> waiting = new ArrayDeque<>();

    private final Laws laws;
    private NodeSpec file;
    private VrrpNode node;
    private Condition condition = Condition.DEAD;
    private MonoTime alarmAt = MonoTime.NEVER;
    private MonoTime busyUntil = new MonoTime(0);
    private MonoTime lastRoleChangeAt = new MonoTime(0);
    private int life;

    Router(World world, String name, NodeSpec file, Coverage coverage) {
        this.world = world;
        this.name = name;
        this.file = file;
        this.node = new VrrpNode(NodeSpec.EMPTY, world.now());
        this.laws = new Laws(this, coverage);
        this.news = new KernelNews(world, this, host);
        this.hands = new Hands(world, this, host, news, circumstances);
    }

    void attach(Segment segment) {
        hands.attach(segment);
        segment.attach(this);
    }

    // What is done to it.

    void start() {
        if (condition != Condition.DEAD) {
            return;
        }
        world.tell(name + " starts");
        condition = Condition.RUNNING;
        life++;
        alarmAt = MonoTime.NEVER;
        busyUntil = world.now();
        hands.begin(file);
        node = new VrrpNode(file, world.now());
        laws.begin(world.now(), node);
        tellMissing();
        for (String card : host.cards()) {
            waiting.add(() -> Optional.of(host.tell(card)));
        }
        tellWatched();
        turn();
    }

    /// Ends without a word; the addresses stay where they are.
    void kill() {
        if (condition != Condition.DEAD) {
            world.tell(name + " is killed");
            die();
        }
    }

    void stop() {
        if (condition == Condition.RUNNING) {
            hands.beginTurn(busyUntil);
            on(new VrrpEvent.StopRequested());
            die();
        }
    }

    private void die() {
        condition = Condition.DEAD;
        while (!waiting.isEmpty()) {
            // What nobody hears is no news any more.
            waiting.remove().hear();
        }
        host.forgetClaims();
    }

    void freeze() {
        if (condition == Condition.RUNNING) {
            world.tell(name + " stands still");
            condition = Condition.FROZEN;
            laws.excuse();
        }
    }

    /// Goes on where it stood still: what waits in the sockets comes before what is due.
    void thaw() {
        if (condition == Condition.FROZEN) {
            world.tell(name + " goes on");
            condition = Condition.RUNNING;
            turn();
        }
    }

    void reload(NodeSpec next) {
        file = next;
        hear(
                () -> {
                    if (condition == Condition.RUNNING) {
                        tellMissing();
                    }
                    return Optional.of(new VrrpEvent.Respecified(next));
                });
    }

    /// The host to change things at.
    KernelNews news() {
        return news;
    }

    void setScript(String script, boolean succeeds) {
        circumstances.setScript(script, succeeds);
    }

    void setHanging(String script, boolean hangs) {
        circumstances.setHanging(script, hangs);
    }

    void setClock(Duration ahead) {
        circumstances.setClock(ahead);
    }

    void setNumber(int next) {
        circumstances.setNumber(next);
        tellWatched();
    }

    void setProcesses(int count) {
        circumstances.setProcesses(count);
        tellWatched();
    }

    void receive(String card, Datagram datagram) {
        if (host.isUp(card)) {
            hear(() -> Optional.of(new VrrpEvent.PacketReceived(card, datagram)));
        }
    }

    // What it hears.

    /// What happens to the host counts as told even if nobody is there to hear it.
    void witness(Hearing happened) {
        if (condition == Condition.DEAD) {
            happened.hear();
        } else {
            hear(happened);
        }
    }

    /// Of an interface that is not there the kernel says nothing, so the daemon does.
    private void tellMissing() {
        for (String card : host.cards()) {
            if (host.tell(card) instanceof VrrpEvent.LinkGone gone) {
                on(gone);
            }
        }
    }

    /// What is watched beside the loop is said at start, after new orders, and when it changed.
    private void tellWatched() {
        inThisLife(WATCH_DELAY, () -> new VrrpEvent.FileSays(Cluster.FILE, circumstances.number()));
        inThisLife(
                WATCH_DELAY,
                () -> new VrrpEvent.ProcessesCounted(Cluster.PROCESS, circumstances.processes()));
    }

    /// Something that this process will hear, if it lives.
    void inThisLife(Duration delay, Supplier<VrrpEvent> event) {
        int inLife = life;
        world.after(
                delay,
                () -> {
                    if (inLife == life) {
                        VrrpEvent happened = event.get();
                        hear(() -> Optional.of(happened));
                    }
                });
    }

    /// The router hears in the same turn what became of static routes.
    void placed(List<Routing> routing, boolean placed) {
        if (condition == Condition.RUNNING) {
            for (Routing route : routing) {
                waiting.add(() -> Optional.of(new VrrpEvent.StaticPlaced(route, placed)));
            }
        }
    }

    void hear(Hearing event) {
        if (condition == Condition.DEAD) {
            return;
        }
        waiting.add(event);
        if (condition == Condition.RUNNING) {
            if (busyUntil.isAfter(world.now())) {
                setAlarm(alarmAt.isAfter(busyUntil) ? busyUntil : alarmAt);
            } else {
                turn();
            }
        }
    }

    /// Hears what waits, then keeps deadlines; all of it happens at one time.
    private void turn() {
        hands.beginTurn(busyUntil);
        hearWaiting();
        if (!node.deadline().isAfter(world.now())) {
            on(new VrrpEvent.DeadlineReached());
            laws.awake(world.now());
            hearWaiting();
        }
        hands.workOff();
        busyUntil = hands.readyAt();
        boolean early = node.deadline().isAfter(busyUntil) && hands.isIdle();
        setAlarm(early ? node.deadline() : busyUntil);
    }

    private void hearWaiting() {
        while (!waiting.isEmpty() && condition == Condition.RUNNING) {
            waiting.remove().hear().ifPresent(this::on);
        }
    }

    private void on(VrrpEvent event) {
        if (event instanceof VrrpEvent.Respecified(var next)) {
            hands.know(next);
        }
        if (node.needsWallClock()) {
            Instant time = circumstances.timeOfDay(world.now());
            node.on(world.now(), new VrrpEvent.WallClockIs(time));
        }
        List<VrrpEffect> effects = node.on(world.now(), event);
        if (world.isTraced()) {
            world.tell(Words.of(name, event, effects));
        }
        effects.forEach(hands::carryOut);
        if (event instanceof VrrpEvent.Respecified(var next)) {
            hands.forgetOld(next);
            tellWatched();
        }
        laws.after(world.now(), event, effects);
    }

    private void setAlarm(MonoTime wanted) {
        if (wanted.equals(alarmAt) || wanted.equals(MonoTime.NEVER)) {
            return;
        }
        alarmAt = wanted;
        world.at(wanted, () -> onAlarm(wanted));
    }

    private void onAlarm(MonoTime set) {
        if (set.equals(alarmAt) && condition == Condition.RUNNING) {
            alarmAt = MonoTime.NEVER;
            turn();
        }
    }

    void changedRole() {
        lastRoleChangeAt = world.now();
    }

    // What can be asked of it.

    String name() {
        return name;
    }

    Host host() {
        return host;
    }

    /// The orders in its file.
    NodeSpec file() {
        return file;
    }

    boolean isRunning() {
        return condition == Condition.RUNNING;
    }

    List<InstanceStatus> status() {
        return node.status();
    }

    MonoTime deadline() {
        return node.deadline();
    }

    MonoTime lastRoleChangeAt() {
        return lastRoleChangeAt;
    }

    Laws laws() {
        return laws;
    }
}
