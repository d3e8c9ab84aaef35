package holdfast.daemon.vrrp;

import holdfast.balance.BalanceEffect;
import holdfast.bfd.BfdEffect;
import holdfast.config.FirewallSpec;
import holdfast.config.GlobalSpec.ProcessSpec;
import holdfast.config.HouseSpec.BufferSpec;
import holdfast.daemon.Level;
import holdfast.daemon.Reporter;
import holdfast.daemon.RoleMessage;
import holdfast.daemon.kernel.IpvsHome;
import holdfast.daemon.watch.ProcessBuffer;
import holdfast.linux.Mailbox;
import holdfast.linux.Namespaces;
import holdfast.vrrp.InstanceStatus;
import holdfast.vrrp.NodeSpec;
import holdfast.vrrp.Role;
import holdfast.vrrp.VrrpEffect;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/// A VRRP role on a thread in a network namespace of its own, with all that it reports.
final class Router implements AutoCloseable, Reporter {

    private static final long PATIENCE_SECONDS = 20;
    private static final int DISCARD_PORT = 9;
    private static final Path PARAMETERS = Path.of("/proc/sys/net");

    final LinkedBlockingQueue<VrrpEffect> facts = new LinkedBlockingQueue<>();
    final LinkedBlockingQueue<String> lines = new LinkedBlockingQueue<>();
    private final ExecutorService keeper = Executors.newSingleThreadExecutor();
    private final ExecutorService thread = Executors.newSingleThreadExecutor();
    private final Mailbox<RoleMessage> inbox = new Mailbox<>(64);
    boolean quietGroups;
    private final Path namespace;

    /// What a router that crashed has left to its successor.
    final Path notes = Files.createTempDirectory("notes");

    private CompletableFuture<Boolean> end = CompletableFuture.completedFuture(true);

    Router() throws Exception {
        namespace =
                in(
                        () -> {
                            Namespaces.unshareNetwork();
                            return Namespaces.ofThisThread();
                        });
        ip("link set lo up");
    }

    /// Joins two routers by a cable, with `eth` at either end.
    static void cable(Router one, Router other, String here, String there) throws Exception {
        one.ip("link add eth type veth peer name eth netns " + other.tid());
        one.plug(here);
        other.plug(there);
    }

    private void plug(String address) throws Exception {
        ip("link set eth addrgenmode none"); // No address but the one that the test knows.
        ip("addr add " + address + " dev eth" + (address.contains(":") ? " nodad" : ""));
        ip("link set eth up");
    }

    /// The thread that keeps the namespace, by its number in `/proc`.
    private String tid() {
        return namespace.getName(3).toString();
    }

    void start(NodeSpec spec) {
        VrrpRole.Options options =
                new VrrpRole.Options(
                        Optional.of(namespace),
                        0,
                        ProcessSpec.PLAIN,
                        ProcessBuffer.USUAL,
                        BufferSpec.PLAIN,
                        quietGroups,
                        IpvsHome.HERE,
                        notes.resolve("vrrp"));
        end =
                CompletableFuture.supplyAsync(
                        () -> {
                            try {
                                new VrrpRole(
                                                spec,
                                                Optional.empty(),
                                                FirewallSpec.DEFAULT,
                                                this,
                                                inbox,
                                                options)
                                        .run();
                                return true;
                            } catch (Exception e) {
                                lines.add(e.toString());
                                return false;
                            }
                        },
                        thread);
    }

    void respecify(NodeSpec next) {
        tell(new RoleMessage.RespecifyVrrp(next, Optional.empty(), FirewallSpec.DEFAULT));
    }

    void tell(RoleMessage message) {
        if (!inbox.send(message)) {
            throw new AssertionError("mailbox is full");
        }
    }

    /// Stops in good order, and waits for it.
    boolean stop() throws Exception {
        tell(new RoleMessage.Stop());
        return end.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    /// Ends as by a crash: nothing is resigned, nothing is cleaned up.
    void crash() throws Exception {
        tell(
                new RoleMessage.VrrpStatus(
                        _ -> {
                            throw new IllegalStateException("crash");
                        }));
        if (end.get(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("did not crash");
        }
    }

    List<InstanceStatus> status() throws Exception {
        CompletableFuture<List<InstanceStatus>> answer = new CompletableFuture<>();
        tell(new RoleMessage.VrrpStatus(status -> answer.complete(status.instances())));
        return answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    /// Waits until the role has sent so many more adverts.
    void awaitAdverts(long count) throws Exception {
        long end = advertsSent() + count;
        while (advertsSent() < end) {
            TimeUnit.MILLISECONDS.sleep(10);
        }
    }

    private long advertsSent() throws Exception {
        return status().getFirst().counters().advertsSent();
    }

    VrrpEffect.RoleChanged awaitRole(Role role) throws Exception {
        return (VrrpEffect.RoleChanged)
                await(fact -> fact instanceof VrrpEffect.RoleChanged change && change.to() == role);
    }

    /// The next fact of this kind; those before it are forgotten.
    VrrpEffect await(Predicate<VrrpEffect> wanted) throws Exception {
        List<VrrpEffect> others = new ArrayList<>();
        while (true) {
            VrrpEffect fact = facts.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (fact == null) {
                throw new AssertionError("only " + others + ", and the log says " + lines);
            }
            if (wanted.test(fact)) {
                return fact;
            }
            others.add(fact);
        }
    }

    String awaitLine(String part) throws Exception {
        List<String> others = new ArrayList<>();
        while (true) {
            String line = lines.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (line == null) {
                throw new AssertionError("only " + others);
            }
            if (line.contains(part)) {
                return line;
            }
            others.add(line);
        }
    }

    <T> T in(Callable<T> work) throws Exception {
        return keeper.submit(work).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    String ip(String arguments) throws Exception {
        return run("ip " + arguments);
    }

    /// Runs a program here that has to succeed.
    private String run(String line) throws Exception {
        List<String> command = List.of(line.split(" "));
        return in(
                () -> {
                    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
                    byte[] said = process.getInputStream().readAllBytes();
                    String text = new String(said, StandardCharsets.UTF_8);
                    if (process.waitFor() != 0) {
                        throw new AssertionError(line + ": " + text);
                    }
                    return text;
                });
    }

    /// Asks by ARP where an address is, and waits until it is known to be there.
    void find(String address, String mac) throws Exception {
        in(
                () -> {
                    try (DatagramSocket socket = new DatagramSocket()) {
                        InetAddress to = InetAddress.getByName(address);
                        socket.send(new DatagramPacket(new byte[1], 1, to, DISCARD_PORT));
                    }
                    return "sent";
                });
        await(address + " is at " + mac, () -> believes(address, mac));
    }

    /// A parameter of the kernel, by its path below `/proc/sys/net`.
    String setting(String key) throws Exception {
        return in(() -> Files.readString(PARAMETERS.resolve(key)).strip());
    }

    void set(String key, String value) throws Exception {
        in(() -> Files.writeString(PARAMETERS.resolve(key), value));
    }

    /// Waits for something that the role does not tell.
    void await(String what, Callable<Boolean> isSo) throws Exception {
        for (int i = 0; i < PATIENCE_SECONDS * 100; i++) {
            if (isSo.call()) {
                return;
            }
            TimeUnit.MILLISECONDS.sleep(10);
        }
        throw new AssertionError(what + ": not in time; the log says " + lines);
    }

    /// Adds and deletes so many addresses, faster than anybody can listen.
    void churn(int count) throws Exception {
        StringBuilder batch = new StringBuilder();
        for (int i = 0; i < count; i++) {
            String address = "10." + (i >> 8) + "." + (i & 255) + ".1/32 dev lo\n";
            batch.append("addr add ").append(address).append("addr del ").append(address);
        }
        Path file = Files.createTempFile("churn", ".batch");
        Files.writeString(file, batch);
        ip("-batch " + file);
        Files.delete(file);
    }

    /// Remembers a neighbour where it is not.
    void believe(String address, String mac) throws Exception {
        ip("neigh add " + address + " lladdr " + mac + " nud stale dev eth");
    }

    boolean believes(String address, String mac) throws Exception {
        return ip("neigh show " + address + " dev eth").contains(mac);
    }

    String mac() throws Exception {
        String link = ip("-o link show dev eth");
        return link.replaceAll("(?s).*link/ether ([0-9a-f:]+) .*", "$1");
    }

    boolean has(String address) throws Exception {
        return ip("-br addr show dev eth").contains(" " + address);
    }

    @Override
    public void vrrp(VrrpEffect fact) {
        facts.add(fact);
    }

    @Override
    public void bfd(BfdEffect fact) {}

    @Override
    public void balance(BalanceEffect fact) {
        throw new AssertionError();
    }

    @Override
    public void log(Level level, String line) {
        lines.add(line);
    }

    @Override
    public void close() throws IOException {
        tell(new RoleMessage.Stop());
        thread.close();
        keeper.close();
        inbox.close();
        try (var left = Files.list(notes)) {
            for (Path file : left.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(notes);
    }
}
