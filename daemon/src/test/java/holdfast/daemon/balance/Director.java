package holdfast.daemon.balance;

import holdfast.linux.Namespaces;
import holdfast.linux.SyscallException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;

/// A client, a director and two servers, each in a network namespace of its own:
/// the client at 10.0.1.2, the servers at 10.0.2.2 and 10.0.3.2, and the director between them.
/// The same with `fd00:1::2` and so on.
final class Director implements AutoCloseable {

    static final String VIP = "192.0.2.1";
    static final String VIP6 = "2001:db8::1";

    private static int count;

    private final String prefix = "hf" + ProcessHandle.current().pid() + "x" + count++;
    private final List<Server> servers = new ArrayList<>();

    Director() {
        for (String name : List.of("client", "director", "s1", "s2")) {
            ip("netns add " + host(name));
            ip("-n " + host(name) + " link set lo up");
        }
        wire("client", 1);
        wire("s1", 2);
        wire("s2", 3);
        String director = "-n " + host("director");
        ip(director + " addr add " + VIP + "/32 dev lo");
        ip(director + " addr add " + VIP6 + "/128 dev lo nodad");
        run("ip netns exec " + host("director") + " sysctl -qw net.ipv4.ip_forward=1");
        run("ip netns exec " + host("director") + " sysctl -qw net.ipv6.conf.all.forwarding=1");
    }

    private void wire(String name, int net) {
        String end = "eth" + net;
        ip(
                "link add "
                        + end
                        + " netns "
                        + host("director")
                        + " type veth peer name eth0 netns "
                        + host(name));
        address("director", end, "10.0." + net + ".1/24", "fd00:" + net + "::1/64");
        address(name, "eth0", "10.0." + net + ".2/24", "fd00:" + net + "::2/64");
        ip("-n " + host(name) + " route add default via 10.0." + net + ".1");
        ip("-n " + host(name) + " route add default via fd00:" + net + "::1");
    }

    private void address(String name, String device, String inet, String inet6) {
        ip("-n " + host(name) + " addr add " + inet + " dev " + device);
        ip("-n " + host(name) + " addr add " + inet6 + " dev " + device + " nodad");
        ip("-n " + host(name) + " link set " + device + " up");
    }

    private String host(String name) {
        return prefix + name;
    }

    /// A server that says its name to whoever asks, on TCP and UDP.
    Server serve(String name, int port) {
        Server server = new Server(this, name, port);
        servers.add(server);
        return server;
    }

    /// Moves the calling thread to a namespace, for good.
    void enter(String name) throws SyscallException {
        Namespaces.enterNetwork(Path.of("/run/netns", host(name)));
    }

    /// Does something in a namespace, and brings back what came of it.
    <T> T at(String name, Callable<T> work) {
        FutureTask<T> task =
                new FutureTask<>(
                        () -> {
                            enter(name);
                            return work.call();
                        });
        Thread thread = new Thread(task, name);
        thread.start();
        try {
            return task.get();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    /// Gives a server the service's addresses, and a wire of its own to the client over which it
    /// answers from them.
    void routeDirectly(String name) {
        run("ip netns exec " + host("client") + " sysctl -qw net.ipv4.conf.all.rp_filter=0");
        run("ip netns exec " + host("client") + " sysctl -qw net.ipv4.conf.default.rp_filter=0");
        String wire = "to" + name;
        String ends = " netns " + host("client") + " type veth peer name back netns ";
        ip("link add " + wire + ends + host(name));
        ip("-n " + host("client") + " addr add fd00:1::2/128 dev " + wire + " nodad");
        ip("-n " + host("client") + " link set " + wire + " up");
        String server = "-n " + host(name) + " ";
        ip(server + "link set back up");
        ip(server + "addr add " + VIP + "/32 dev lo");
        ip(server + "addr add " + VIP6 + "/128 dev lo nodad");
        ip(server + "rule add from " + VIP + " lookup 7");
        ip(server + "-6 rule add from " + VIP6 + " lookup 7");
        ip(server + "route add 10.0.1.2/32 dev back table 7");
        ip(server + "-6 route add fd00:1::2/128 dev back table 7");
    }

    /// Counts the transactions of nftables on the director from now on.
    Transactions transactions() {
        return new Transactions(host("director"));
    }

    /// The output of a program in the director's namespace.
    String onDirector(String command) {
        return run("ip netns exec " + host("director") + " " + command);
    }

    private static void ip(String words) {
        run("ip " + words);
    }

    private static String run(String command) {
        try {
            Process process =
                    new ProcessBuilder(command.split(" ")).redirectErrorStream(true).start();
            byte[] output = process.getInputStream().readAllBytes();
            String text = new String(output, StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new AssertionError(command + ": " + text);
            }
            return text;
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(command, e);
        }
    }

    @Override
    public void close() {
        servers.forEach(Server::close);
        for (String name : List.of("client", "director", "s1", "s2")) {
            ip("netns del " + host(name));
        }
    }
}
