package holdfast.daemon;

import holdfast.config.SourceBundle;
import holdfast.linux.ChildProcess;
import holdfast.linux.ChildProcess.Exit;
import holdfast.linux.EventLoop;
import holdfast.linux.Fd;
import holdfast.linux.Pipe;
import holdfast.linux.ProcessSpec;
import holdfast.linux.Scheduling;
import holdfast.linux.Signal;
import holdfast.linux.Spawn;
import holdfast.linux.SyscallException;
import holdfast.time.MonoTime;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The process of the checkers, seen from the supervisor: started, told, restarted, stopped.
///
/// Orders go to it as frames: `config <number> <length>` with that many bytes behind,
/// `same <number>` for the same bytes again, `dump`, `json`, `session up NAME`,
/// `session down NAME`, `leave` or `stop`. Its answers are lines: `settled <number>`.
/// Confined to the supervisor's thread.
final class CheckersProcess {

    static final int ORDERS_FD = 3;
    static final int ANSWERS_FD = 4;

    /// What the supervisor hears of the process.
    interface Listener {
        void onAnswer(MonoTime now, String line);

        void onStarted(int pid);

        /// @param restartIn until it is started again by itself; empty when nobody does
        void onEnded(MonoTime now, Exit exit, Optional<Duration> restartIn);

        void onTrouble(String text);
    }

    private record Running(
            ChildProcess child, Fd orders, Fd answers, MonoTime startedAt, StringBuilder line) {}

    private record Prepared(SourceBundle source, byte[] bytes) {}

    private final EventLoop loop;
    private final List<String> arguments;
    private final Optional<String> namespace;
    private final int argumentCount;
    private final boolean respawn;
    private final Listener listener;
    private final Backoff backoff = new Backoff();

    private Optional<Running> running = Optional.empty();
    private Optional<SourceBundle> bundle = Optional.empty();

    /// What the running process was told.
    private Optional<SourceBundle> told = Optional.empty();

    /// The bundle as bytes, until they are sent.
    private Optional<Prepared> prepared = Optional.empty();

    private long number;
    private MonoTime startAt = MonoTime.NEVER;
    private final ArrayDeque<ByteBuffer> unsent = new ArrayDeque<>();

    /// How the sessions of BFD are, which each new process is told.
    private final Map<String, Boolean> sessions = new LinkedHashMap<>();

    /// @param arguments of our own command line, which the process understands, too
    /// @param namespace that the configuration may have said
    CheckersProcess(
            EventLoop loop,
            List<String> arguments,
            Optional<String> namespace,
            boolean respawn,
            Listener listener) {
        this.loop = loop;
        this.arguments =
                arguments.stream()
                        .filter(word -> !word.startsWith("--" + Option.READY_FD.word()))
                        .toList();
        this.namespace = namespace.map(name -> "--" + Option.NAMESPACE.word() + "=" + name);
        this.argumentCount = arguments.size();
        this.respawn = respawn;
        this.listener = listener;
    }

    /// Whether it runs, or will when its time has come.
    boolean isWanted() {
        return bundle.isPresent();
    }

    boolean isRunning() {
        return running.isPresent();
    }

    /// Makes ready to tell this configuration, for when there will be no time for it.
    ///
    /// @return how many bytes that takes
    int prepare(SourceBundle source) {
        byte[] bytes = source.encode();
        prepared = Optional.of(new Prepared(source, bytes));
        return bytes.length;
    }

    /// Starts the process with this configuration, or tells it the new one.
    ///
    /// @param source the same as in [#prepare], if that came before
    void respecify(MonoTime now, SourceBundle source, long orderNumber) {
        bundle = Optional.of(source);
        number = orderNumber;
        if (running.isPresent() && told.equals(bundle)) {
            send("same " + number + "\n");
        } else if (running.isPresent()) {
            sendConfiguration();
        } else {
            startAt = MonoTime.NEVER;
            start(now);
        }
    }

    /// Tells what is new about sessions of BFD.
    void tellSessions(Map<String, Boolean> verdicts) {
        verdicts.forEach(
                (name, up) -> {
                    if (!up.equals(sessions.put(name, up))) {
                        send(session(name, up));
                    }
                });
    }

    private static String session(String name, boolean up) {
        return "session " + (up ? "up " : "down ") + name + "\n";
    }

    void dump() {
        send("dump\n");
    }

    void dumpJson() {
        send("json\n");
    }

    /// Asks it to end; it is not started again.
    ///
    /// @param keep whether the services stay in the kernel
    void stop(boolean keep) {
        bundle = Optional.empty();
        startAt = MonoTime.NEVER;
        send(keep ? "leave\n" : "stop\n");
    }

    void kill() {
        running.ifPresent(one -> one.child().signal(Signal.KILL));
    }

    MonoTime deadline() {
        return startAt;
    }

    void onDeadline(MonoTime now) {
        if (!startAt.isAfter(now)) {
            startAt = MonoTime.NEVER;
            start(now);
        }
    }

    private void start(MonoTime now) {
        try (Pipe orders = Pipe.open();
                Pipe answers = Pipe.open()) {
            List<String> words = new ArrayList<>();
            words.add(CheckersMain.ROLE);
            words.add(CheckersMain.PARENT + Scheduling.pid());
            words.addAll(arguments);
            namespace.ifPresent(words::add);
            Map<String, String> environment = new HashMap<>(System.getenv());
            environment.remove("NOTIFY_SOCKET");
            ProcessSpec spec =
                    ProcessSpec.of(Program.inRole(argumentCount, words), Optional.empty())
                            .withEnvironment(environment)
                            .blocking(DaemonSignals.ALL)
                            .inheriting(
                                    List.of(
                                            new ProcessSpec.Inherited(Fd.inherited(1), 1),
                                            new ProcessSpec.Inherited(Fd.inherited(2), 2),
                                            new ProcessSpec.Inherited(orders.reader(), ORDERS_FD),
                                            new ProcessSpec.Inherited(
                                                    answers.writer(), ANSWERS_FD)));
            ChildProcess child = Spawn.start(spec);
            adopt(now, child, orders.writer().duplicate(), answers.reader().duplicate());
            listener.onStarted(child.pid());
            sendConfiguration();
            sessions.forEach((name, up) -> send(session(name, up)));
        } catch (IOException e) {
            listener.onTrouble("Cannot start the checkers: " + e.getMessage());
            startAt = now.plus(backoff.after(Duration.ZERO));
        }
    }

    private void adopt(MonoTime now, ChildProcess child, Fd orders, Fd answers)
            throws SyscallException {
        orders.nonBlocking();
        answers.nonBlocking();
        Running started = new Running(child, orders, answers, now, new StringBuilder());
        running = Optional.of(started);
        unsent.clear();
        loop.watch(child.fd(), then -> onExit(then, started));
        loop.watch(answers, then -> onAnswers(then, started));
        loop.watch(
                orders,
                EventLoop.Interest.NOTHING,
                new EventLoop.Source() {
                    @Override
                    public void onReadable(MonoTime then) {
                        // The other end was closed; the end of the process says the rest.
                        loop.unwatch(orders);
                    }

                    @Override
                    public void onWritable(MonoTime then) {
                        write(started);
                    }
                });
    }

    private void sendConfiguration() {
        SourceBundle source = bundle.orElseThrow();
        byte[] bytes =
                prepared.filter(one -> one.source().equals(source))
                        .map(Prepared::bytes)
                        .orElseGet(source::encode);
        prepared = Optional.empty();
        told = bundle;
        send("config " + number + " " + bytes.length + "\n");
        send(bytes);
    }

    private void send(String line) {
        send(line.getBytes(StandardCharsets.UTF_8));
    }

    private void send(byte[] frame) {
        if (running.isPresent()) {
            unsent.add(ByteBuffer.wrap(frame));
            write(running.get());
        }
    }

    private void write(Running to) {
        while (!unsent.isEmpty() && to.orders().write(unsent.element()) > 0) {
            // Goes on until the pipe is full.
            if (!unsent.element().hasRemaining()) {
                unsent.remove();
            }
        }
        try {
            loop.change(
                    to.orders(),
                    !unsent.isEmpty() ? EventLoop.Interest.WRITE : EventLoop.Interest.NOTHING);
        } catch (SyscallException ignored) {
            // The process is gone, and is about to be reaped.
        }
    }

    private void onAnswers(MonoTime now, Running from) {
        ByteBuffer buffer = ByteBuffer.allocate(4096);
        long count = from.answers().read(buffer);
        if (count == 0) {
            loop.unwatch(from.answers());
        }
        if (count <= 0) {
            return;
        }
        from.line().append(StandardCharsets.UTF_8.decode(buffer.flip()));
        for (int end = from.line().indexOf("\n"); end >= 0; end = from.line().indexOf("\n")) {
            String line = from.line().substring(0, end);
            from.line().delete(0, end + 1);
            listener.onAnswer(now, line);
        }
    }

    private void onExit(MonoTime now, Running ended) {
        Optional<Exit> exit = ended.child().exit();
        if (exit.isEmpty()) {
            return;
        }
        onAnswers(now, ended);
        loop.unwatch(ended.child().fd());
        loop.unwatch(ended.answers());
        loop.unwatch(ended.orders());
        ended.child().close();
        ended.answers().close();
        ended.orders().close();
        running = Optional.empty();
        told = Optional.empty();
        Optional<Duration> wait = Optional.empty();
        boolean isFinal =
                exit.get() instanceof Exit.Exited(var status) && ExitStatuses.isFinal(status);
        if (isWanted() && respawn && !isFinal) {
            wait = Optional.of(backoff.after(now.since(ended.startedAt())));
            startAt = now.plus(wait.get());
        }
        listener.onEnded(now, exit.get(), wait);
    }
}
