package holdfast.daemon.balance;

import holdfast.balance.BalanceEffect.AddDestination;
import holdfast.balance.BalanceEffect.AddService;
import holdfast.balance.BalanceEffect.EditDestination;
import holdfast.balance.BalanceEffect.EditService;
import holdfast.balance.BalanceEffect.PlaneCommand;
import holdfast.balance.BalanceEffect.RemoveDestination;
import holdfast.balance.BalanceEffect.RemoveService;
import holdfast.balance.Destination;
import holdfast.balance.Forwarding;
import holdfast.balance.Persistence;
import holdfast.balance.Protocol;
import holdfast.balance.Scheduler;
import holdfast.balance.Service;
import holdfast.balance.ServiceKey;
import holdfast.daemon.kernel.IpvsHome;
import holdfast.net.Endpoint;
import holdfast.net.Family;
import holdfast.net.IpAddress;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// Compares what the IPVS plane makes with what ipvsadm(8) then says, on a kernel that has IPVS.
///
/// A program, because few machines that run tests have such a kernel; it is run as root, in a
/// guest or a namespace where nobody minds that all services are removed. Exits with 0 when all is
/// as it should be.
public final class IpvsPlaneCheck {

    private static final ServiceKey.Single WEB = key(Protocol.TCP, "192.0.2.1", 80);
    private static final ServiceKey.Single SIP = key(Protocol.UDP, "192.0.2.1", 5060);
    private static final ServiceKey.Single WEB6 = key(Protocol.TCP, "2001:db8::1", 443);
    private static final ServiceKey.Single MARK = new ServiceKey.Mark(7, Family.INET);

    private static final Destination ONE = nat("10.0.0.1", 8080, 5);
    private static final Destination TWO = nat("10.0.0.2", 8080, 1);

    private final DataPlane plane;

    private IpvsPlaneCheck(DataPlane plane) {
        this.plane = plane;
    }

    public static void main(String[] args) throws IOException, InterruptedException {
        Optional<IpvsPlane> plane = IpvsPlane.open(IpvsHome.HERE);
        if (plane.isEmpty()) {
            throw new AssertionError("this kernel has no IPVS");
        }
        try (DataPlane opened = plane.get()) {
            IpvsPlaneCheck check = new IpvsPlaneCheck(opened);
            check.buildsServices();
            check.editsInPlace();
            check.bearsWhatIsThereAndWhatIsNot();
            check.changesForwarding();
            check.takesOverFromAPredecessor();
            check.saysWhatIsWrong();
            check.carriesManyRows();
            opened.flush();
            same("nothing is left", "");
        }
    }

    private static ServiceKey.Single key(Protocol protocol, String address, int port) {
        return new ServiceKey.Address(protocol, endpoint(address, port));
    }

    private static Endpoint endpoint(String address, int port) {
        return new Endpoint(IpAddress.parse(address).orElseThrow(), port);
    }

    private static Destination nat(String address, int port, int weight) {
        return row(address, port, weight, new Forwarding.Nat());
    }

    private static Destination row(String address, int port, int weight, Forwarding forwarding) {
        return new Destination(endpoint(address, port), weight, forwarding, 0, 0);
    }

    private static Service plain(ServiceKey.Single key, String scheduler) {
        return new Service(key, Scheduler.plain(scheduler), Optional.empty());
    }

    private static Service persistent(
            ServiceKey.Single key,
            Scheduler scheduler,
            int seconds,
            int granularity,
            String engine) {
        Optional<String> name = Optional.of(engine).filter(text -> !text.isEmpty());
        Duration timeout = Duration.ofSeconds(seconds);
        return new Service(
                key, scheduler, Optional.of(new Persistence(timeout, granularity, name)));
    }

    private void apply(PlaneCommand... commands) throws IOException {
        equal("refusals", List.of(), plane.apply(List.of(commands)));
    }

    private void buildsServices() throws IOException, InterruptedException {
        plane.flush();
        apply(
                new AddService(plain(WEB, "wrr")),
                new AddDestination(
                        WEB, new Destination(ONE.endpoint(), 5, new Forwarding.Nat(), 100, 50)),
                new AddDestination(WEB, row("10.0.0.3", 8080, 1, new Forwarding.DirectRouting())),
                new AddService(persistent(SIP, new Scheduler("sh", 3, false), 60, 24, "sip")),
                new AddService(persistent(WEB6, Scheduler.plain("mh"), 360, 64, "")),
                new AddDestination(
                        WEB6, row("2001:db8::2", 443, 1, new Forwarding.DirectRouting())),
                new AddService(plain(MARK, "wlc")),
                new AddDestination(MARK, row("10.0.0.4", 80, 0, tunnel("IPIP", 0, "NONE"))),
                new AddDestination(MARK, row("10.0.0.5", 80, 2, tunnel("GUE", 6080, "REMOTE"))),
                new AddDestination(MARK, row("10.0.0.6", 80, 2, tunnel("GRE", 0, "FULL"))));
        same(
                "services",
                """
                -A -f 7 -s wlc
                -A -t 192.0.2.1:80 -s wrr
                -A -t [2001:db8::1]:443 -s mh -p 360 -M 64
                -A -u 192.0.2.1:5060 -s sh -p 60 -M 255.255.255.0 --pe sip -b sh-fallback,sh-port
                -a -f 7 -r 10.0.0.4:0 -i -w 0 --tun-type ipip
                -a -f 7 -r 10.0.0.5:0 -i -w 2 --tun-type gue --tun-port 6080 --tun-remcsum
                -a -f 7 -r 10.0.0.6:0 -i -w 2 --tun-type gre --tun-csum
                -a -t 192.0.2.1:80 -r 10.0.0.1:8080 -m -w 5
                -a -t 192.0.2.1:80 -r 10.0.0.3:80 -g -w 1
                -a -t [2001:db8::1]:443 -r [2001:db8::2]:443 -g -w 1
                """);
        String thresholds = ipvsadm("-L", "-n", "--thresholds").replaceAll("[^\\S\n]+", " ");
        boolean limited = thresholds.contains("10.0.0.1:8080 100 50 ");
        equal("thresholds in " + thresholds, true, limited);
        Map<Endpoint, Integer> web =
                plane.present().stream()
                        .filter(held -> held.key().equals(WEB))
                        .findFirst()
                        .orElseThrow()
                        .weights();
        equal("read back", Map.of(ONE.endpoint(), 5, endpoint("10.0.0.3", 80), 1), web);
    }

    private static Forwarding tunnel(String kind, int port, String checksum) {
        return new Forwarding.Tunnel(
                Forwarding.Tunnel.Kind.valueOf(kind),
                port,
                Forwarding.Tunnel.Checksum.valueOf(checksum));
    }

    private void editsInPlace() throws IOException, InterruptedException {
        plane.flush();
        apply(new AddService(plain(WEB, "wrr")), new AddDestination(WEB, ONE));
        apply(
                new EditService(persistent(WEB, Scheduler.plain("rr"), 300, 32, "")),
                new EditDestination(WEB, nat("10.0.0.1", 8080, 0)));
        same(
                "edits",
                """
                -A -t 192.0.2.1:80 -s rr -p 300
                -a -t 192.0.2.1:80 -r 10.0.0.1:8080 -m -w 0
                """);
        apply(new EditService(plain(WEB, "rr")), new RemoveDestination(WEB, ONE.endpoint()));
        same("removal", "-A -t 192.0.2.1:80 -s rr\n");
        apply(new RemoveService(WEB));
        same("removal of the service", "");
    }

    private void bearsWhatIsThereAndWhatIsNot() throws IOException, InterruptedException {
        apply(new EditService(plain(WEB, "wrr")), new EditDestination(WEB, ONE));
        apply(new AddService(plain(WEB, "rr")), new AddDestination(WEB, nat("10.0.0.1", 8080, 9)));
        same(
                "repetition",
                """
                -A -t 192.0.2.1:80 -s rr
                -a -t 192.0.2.1:80 -r 10.0.0.1:8080 -m -w 9
                """);
        apply(
                new RemoveDestination(WEB, TWO.endpoint()),
                new RemoveService(MARK),
                new RemoveService(WEB),
                new RemoveService(WEB));
        same("absence", "");
    }

    private void changesForwarding() throws IOException, InterruptedException {
        Destination direct = row("10.0.0.1", 8080, 5, new Forwarding.DirectRouting());
        apply(
                new AddService(plain(WEB, "wrr")),
                new AddDestination(WEB, ONE),
                new EditDestination(WEB, direct));
        same(
                "forwarding",
                """
                -A -t 192.0.2.1:80 -s wrr
                -a -t 192.0.2.1:80 -r 10.0.0.1:80 -g -w 5
                """);
        apply(new RemoveDestination(WEB, direct.endpoint()));
        same("end of forwarding", "-A -t 192.0.2.1:80 -s wrr\n");
    }

    private void takesOverFromAPredecessor() throws IOException, InterruptedException {
        plane.flush();
        ipvsadm("-A", "-t", "192.0.2.1:80", "-s", "lc");
        ipvsadm("-a", "-t", "192.0.2.1:80", "-r", "10.0.0.9:8080", "-m");
        ipvsadm("-a", "-t", "192.0.2.1:80", "-r", "10.0.0.1:8080", "-m", "-w", "3");
        ipvsadm("-A", "-t", "192.0.2.77:80", "-s", "lc");
        List<PlaneCommand> commands =
                List.of(
                        new AddService(plain(WEB, "wrr")),
                        new AddDestination(WEB, ONE),
                        new AddDestination(WEB, TWO));
        Optional<IpvsPlane> successor = IpvsPlane.open(IpvsHome.HERE);
        try (DataPlane opened = successor.orElseThrow()) {
            equal("refusals", List.of(), opened.start(commands));
        }
        same(
                "take-over",
                """
                -A -t 192.0.2.1:80 -s wrr
                -A -t 192.0.2.77:80 -s lc
                -a -t 192.0.2.1:80 -r 10.0.0.1:8080 -m -w 5
                -a -t 192.0.2.1:80 -r 10.0.0.2:8080 -m -w 1
                """);
    }

    private void saysWhatIsWrong() throws IOException {
        plane.flush();
        List<DataPlane.Refusal> refusals =
                plane.apply(
                        List.of(
                                new AddService(plain(WEB, "nosuch")),
                                new AddDestination(WEB, ONE)));
        equal("count of refusals", 2, refusals.size());
        equal(
                "reason",
                "the kernel has no such scheduler or persistence engine",
                refusals.getFirst().reason());
        equal("lost service", true, refusals.getLast().lost());
    }

    private void carriesManyRows() throws IOException {
        plane.flush();
        List<PlaneCommand> commands = new ArrayList<>();
        commands.add(new AddService(plain(WEB, "wrr")));
        for (int i = 0; i < 2000; i++) {
            commands.add(
                    new AddDestination(WEB, nat("10.1." + i / 250 + "." + (i % 250 + 1), 80, 1)));
        }
        equal("refusals", List.of(), plane.apply(commands));
        equal("rows", 2000, plane.present().getFirst().weights().size());
    }

    private static void same(String what, String expected)
            throws IOException, InterruptedException {
        String saved =
                ipvsadm("-S", "-n")
                        .lines()
                        .map(String::strip)
                        .sorted()
                        .map(line -> line + "\n")
                        .collect(Collectors.joining());
        equal(what, expected, saved);
    }

    private static void equal(String what, Object expected, Object found) {
        if (!expected.equals(found)) {
            throw new AssertionError(what + ": expected\n" + expected + "\nbut found\n" + found);
        }
    }

    private static String ipvsadm(String... words) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("ipvsadm"));
        command.addAll(List.of(words));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new AssertionError(command + ": " + output);
        }
        return output;
    }
}
