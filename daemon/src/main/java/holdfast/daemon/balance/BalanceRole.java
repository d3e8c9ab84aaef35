package holdfast.daemon.balance;

import holdfast.balance.BalanceEffect;
import holdfast.balance.BalanceEffect.AbandonProbe;
import holdfast.balance.BalanceEffect.PlaneCommand;
import holdfast.balance.BalanceEffect.StartProbe;
import holdfast.balance.BalanceEvent;
import holdfast.balance.BalanceNode;
import holdfast.balance.BalanceReport;
import holdfast.balance.CheckerSpec;
import holdfast.balance.RealServerSpec;
import holdfast.balance.VirtualServerSpec;
import holdfast.config.Configuration;
import holdfast.config.GlobalSpec;
import holdfast.daemon.LateTimers;
import holdfast.daemon.Reporter;
import holdfast.daemon.RoleMessage;
import holdfast.daemon.kernel.IpvsHome;
import holdfast.daemon.watch.FileWatch;
import holdfast.linux.EventLoop;
import holdfast.linux.Mailbox;
import holdfast.linux.SyscallException;
import holdfast.probe.ProbeSpec;
import holdfast.time.MonoTime;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The loop of load balancing: events to the pools, their effects to the data plane, the checks
/// and the reporter.
///
/// Runs on the thread that calls [#run], which must be in the network namespace of the services.
public final class BalanceRole implements EventLoop.Ticker {

    /// Messages a turn.
    private static final int MAIL_MAX = 16;

    /// How late a check may begin so that others begin with it: each waking costs.
    private static final long GRAIN_NANOS = 1_000_000;

    private final Reporter reporter;
    private final Mailbox<RoleMessage> inbox;
    private final BalanceNode node;
    private final EventLoop loop;
    private final ProbeActuator probes;
    private final PlaneKeeper plane;
    private final IpvsSettings settings;
    private final MarkTable marks;

    /// What the pools want done, and was not yet: it is done when the turn has heard everything.
    private final List<BalanceEffect> pending = new ArrayList<>();

    private MonoTime pendingSince = MonoTime.NEVER;
    private Configuration configuration;
    private Optional<LocalAddresses> addresses = Optional.empty();
    private Optional<FileWatch> files = Optional.empty();
    private Optional<IOException> failure = Optional.empty();

    public BalanceRole(Configuration configuration, Reporter reporter, Mailbox<RoleMessage> inbox)
            throws SyscallException {
        this.configuration = configuration;
        this.reporter = reporter;
        this.inbox = inbox;
        GlobalSpec global = configuration.global();
        long seed = global.house().seed().orElse(System.nanoTime());
        this.node = new BalanceNode(configuration.balance(), seed);
        this.loop = new EventLoop(this);
        loop.tellLate(
                global.checkerProcess().urgency().lateness(),
                new LateTimers(global.checkerProcess(), reporter));
        this.probes = new ProbeActuator(loop);
        this.plane = new PlaneKeeper(global, reporter);
        this.marks = new MarkTable(reporter);
        this.settings = new IpvsSettings(reporter, IpvsHome.ofChild(global.namespaces()));
    }

    /// Serves until it is told to stop; then nothing of ours is left in the kernel.
    public void run() throws IOException {
        try {
            loop.watch(inbox.fd(), this::readMail);
            begin(EventLoop.clock());
            loop.run();
            if (failure.isPresent()) {
                throw failure.get();
            }
        } finally {
            probes.close();
            plane.close();
            settings.close();
            marks.close();
            addresses.ifPresent(LocalAddresses::close);
            files.ifPresent(FileWatch::close);
            loop.close();
        }
    }

    private void begin(MonoTime now) throws IOException {
        prepare(now);
        settings.apply(now, configuration.global());
        List<BalanceEffect> effects = node.on(now, new BalanceEvent.Started());
        List<PlaneCommand> commands = new ArrayList<>();
        for (BalanceEffect effect : effects) {
            if (effect instanceof PlaneCommand command) {
                commands.add(command);
            }
        }
        if (plane.isOpen()) {
            plane.start(now, commands);
            marks.want(configuration.marks());
        }
        effects.stream()
                .filter(effect -> !(effect instanceof PlaneCommand))
                .forEach(effect -> carryOut(now, effect));
        drain(now);
        settle(now);
    }

    /// Gets ready for what the configuration needs: a plane, word of addresses, and files.
    private void prepare(MonoTime now) throws IOException {
        List<VirtualServerSpec> services = configuration.balance().services();
        if (!services.isEmpty()) {
            plane.open(services);
        }
        probes.expect(checkers(services));
        boolean suspends = services.stream().anyMatch(VirtualServerSpec::suspendWithoutAddress);
        if (suspends && addresses.isEmpty()) {
            LocalAddresses opened = new LocalAddresses(configuration.global().house().buffers());
            addresses = Optional.of(opened);
            loop.watch(opened.fd(), this::readAddresses);
            readAddresses(now);
        }
        follow(now, services);
    }

    private static int checkers(List<VirtualServerSpec> services) {
        int count = 0;
        for (VirtualServerSpec service : services) {
            for (RealServerSpec server : service.servers()) {
                count += server.checkers().size();
            }
        }
        return count;
    }

    /// Has the files of these services watched, and no others. What they say is heard at once.
    private void follow(MonoTime now, List<VirtualServerSpec> services) throws IOException {
        Map<String, Path> wanted = new LinkedHashMap<>();
        for (VirtualServerSpec service : services) {
            for (RealServerSpec server : service.servers()) {
                for (CheckerSpec checker : server.checkers()) {
                    if (checker.probe() instanceof ProbeSpec.File file) {
                        wanted.put(file.path(), Path.of(file.path()));
                    }
                }
            }
        }
        if (!wanted.isEmpty() && files.isEmpty()) {
            FileWatch made = new FileWatch(reporter, this::hear);
            files = Optional.of(made);
            loop.watch(made.fd(), made::onReadable);
        }
        if (files.isPresent()) {
            files.get().follow(now, wanted);
        }
    }

    private void hear(String path, int number) {
        happen(EventLoop.clock(), new BalanceEvent.NumberRead(path, number));
    }

    private void readAddresses(MonoTime now) {
        try {
            for (BalanceEvent event : addresses.orElseThrow().read()) {
                happen(now, event);
            }
        } catch (SyscallException e) {
            fail(e);
        }
    }

    private void readMail(MonoTime now) {
        for (int i = 0; i < MAIL_MAX; i++) {
            Optional<RoleMessage> message = inbox.receive();
            if (message.isEmpty()) {
                return;
            }
            switch (message.get()) {
                case RoleMessage.Stop() -> stop(now);
                case RoleMessage.Leave() -> leave(now);
                case RoleMessage.RespecifyBalance(var next) -> respecify(now, next);
                case RoleMessage.Settle(var answer) -> {
                    settle(now);
                    answer.run();
                }
                case RoleMessage.BalanceStatus(var answer) -> {
                    settle(now);
                    answer.accept(new BalanceReport(node.status(), plane.traffic()));
                }
                case RoleMessage.SessionsAre(var verdicts) ->
                        verdicts.forEach(
                                (name, up) -> happen(now, new BalanceEvent.SessionIs(name, up)));
                case RoleMessage.ToVrrp _, RoleMessage.ToBfd _ -> {}
            }
        }
    }

    private void respecify(MonoTime now, Configuration next) {
        configuration = next;
        plane.respecify(next.global());
        try {
            prepare(now);
        } catch (IOException e) {
            fail(e);
            return;
        }
        settings.apply(now, next.global());
        probes.forgetFiles();
        happen(now, new BalanceEvent.Respecified(next.balance()));
        settle(now);
        marks.want(next.marks());
        plane.inspectThoroughly(now);
    }

    private void stop(MonoTime now) {
        settle(now);
        StopFilter filter = new StopFilter(configuration.global().lvsFlushOnStop());
        List<BalanceEffect> effects =
                node.on(now, new BalanceEvent.StopRequested()).stream()
                        .filter(filter::passes)
                        .toList();
        carryOut(now, effects);
        plane.withdraw(filter.flushes());
        settings.withdraw(now);
        marks.want(Optional.empty());
        loop.stop();
    }

    /// The facts of a stop are told; the plane stays as it is.
    private void leave(MonoTime now) {
        settle(now);
        List<BalanceEffect> effects =
                node.on(now, new BalanceEvent.StopRequested()).stream()
                        .filter(effect -> !(effect instanceof PlaneCommand))
                        .toList();
        carryOut(now, effects);
        loop.stop();
    }

    /// Tells the pools, and notes what they want done.
    private void happen(MonoTime now, BalanceEvent event) {
        note(now, node.on(now, event));
        drain(now);
    }

    private void note(MonoTime now, List<BalanceEffect> effects) {
        if (!effects.isEmpty()) {
            pending.addAll(effects);
            pendingSince = now;
        }
    }

    /// Does what the pools want done, and so on until nothing more comes of it.
    private void settle(MonoTime now) {
        while (!pending.isEmpty()) {
            List<BalanceEffect> effects = List.copyOf(pending);
            pending.clear();
            carryOut(now, effects);
            drain(now);
        }
        pendingSince = MonoTime.NEVER;
    }

    /// A check that ends at once has its answer here already.
    private void drain(MonoTime now) {
        List<BalanceEvent.ProbeFinished> answers = probes.takeFinished();
        while (!answers.isEmpty()) {
            for (BalanceEvent sighting : probes.takeSightings()) {
                note(now, node.on(now, sighting));
            }
            for (BalanceEvent answer : answers) {
                note(now, node.on(now, answer));
            }
            answers = probes.takeFinished();
        }
    }

    /// The plane first, and all of it together, since people are told what is so already; then the
    /// rest in order.
    private void carryOut(MonoTime now, List<BalanceEffect> effects) {
        List<PlaneCommand> together = new ArrayList<>();
        for (BalanceEffect effect : effects) {
            if (effect instanceof PlaneCommand command) {
                together.add(command);
            }
        }
        if (!together.isEmpty()) {
            plane.apply(now, together);
        }
        effects.forEach(effect -> carryOut(now, effect));
    }

    private void carryOut(MonoTime now, BalanceEffect effect) {
        switch (effect) {
            case StartProbe order -> probes.start(now, order);
            case AbandonProbe(_, long probe) -> probes.abandon(now, probe);
            case PlaneCommand _ -> {}
            case BalanceEffect.CheckTurned _,
                    BalanceEffect.CheckFailed _,
                    BalanceEffect.CertificateEnding _,
                    BalanceEffect.LengthDiffers _,
                    BalanceEffect.ServerTurned _,
                    BalanceEffect.WeightChanged _,
                    BalanceEffect.PanicChanged _,
                    BalanceEffect.QuorumChanged _,
                    BalanceEffect.ServerRemoved _ ->
                    reporter.balance(effect);
        }
    }

    private void fail(IOException e) {
        failure = Optional.of(e);
        loop.stop();
    }

    @Override
    public MonoTime deadline() {
        MonoTime first =
                earlier(gathered(node.deadline()), earlier(probes.deadline(), plane.deadline()));
        first = earlier(first, earlier(pendingSince, settings.deadline()));
        return files.isPresent() ? earlier(first, files.get().deadline()) : first;
    }

    /// At the end of its grain of time, with all that becomes due within it.
    private static MonoTime gathered(MonoTime at) {
        return at.equals(MonoTime.NEVER)
                ? at
                : new MonoTime(Math.ceilDiv(at.nanos(), GRAIN_NANOS) * GRAIN_NANOS);
    }

    private static MonoTime earlier(MonoTime one, MonoTime other) {
        return one.isAfter(other) ? other : one;
    }

    @Override
    public void onDeadline(MonoTime now) {
        probes.onDeadline(now);
        drain(now);
        if (files.isPresent()) {
            files.get().onDeadline(now);
        }
        if (!plane.deadline().isAfter(now)) {
            plane.takeRepairs(now).forEach(key -> happen(now, new BalanceEvent.PlaneLost(key)));
        }
        settings.onDeadline(now);
        if (!node.deadline().isAfter(now)) {
            happen(now, new BalanceEvent.DeadlineReached());
        }
        settle(now);
    }
}
