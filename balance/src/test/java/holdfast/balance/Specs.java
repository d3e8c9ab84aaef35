package holdfast.balance;

import holdfast.net.Endpoint;
import holdfast.net.IpAddress;
import holdfast.net.Ipv4Address;
import holdfast.probe.Connection;
import holdfast.probe.HttpSpec;
import holdfast.probe.ProbeSpec;
import holdfast.probe.TlsSpec;
import holdfast.script.Identity;
import holdfast.script.ScriptSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/// Orders for stories: a web service on 192.0.2.80 with servers 10.0.0.1 and up.
final class Specs {

    static final ServiceKey.Address WEB =
            new ServiceKey.Address(Protocol.TCP, new Endpoint(Ipv4Address.of(192, 0, 2, 80), 80));

    static final Endpoint SORRY = new Endpoint(Ipv4Address.of(10, 0, 0, 99), 80);

    private Specs() {}

    static Endpoint server(int number) {
        int third = number >> 8 & 255;
        return new Endpoint(Ipv4Address.of(10, number >> 16, third, number & 255), 80);
    }

    static BalanceSpec node(VirtualServerSpec... services) {
        return new BalanceSpec(List.of(services), false, false);
    }

    /// The same with checkers that ask together.
    static BalanceSpec sharing(VirtualServerSpec... services) {
        return new BalanceSpec(List.of(services), false, true);
    }

    static VirtualServerSpec web(RealServerSpec... servers) {
        return new VirtualServerSpec(
                WEB,
                Scheduler.plain("wlc"),
                Optional.empty(),
                List.of(servers),
                Optional.empty(),
                QuorumSpec.ONE,
                false,
                false,
                false);
    }

    static VirtualServerSpec quorum(VirtualServerSpec spec, long quorum, long hysteresis) {
        var rule = new QuorumSpec(quorum, hysteresis, Optional.empty(), Optional.empty());
        return new VirtualServerSpec(
                spec.key(),
                spec.members(),
                spec.scheduler(),
                spec.persistence(),
                spec.servers(),
                spec.sorryServer(),
                rule,
                spec.omega(),
                spec.suspendWithoutAddress(),
                spec.smtpAlert(),
                spec.caution(),
                spec.masquerade());
    }

    static VirtualServerSpec sorry(VirtualServerSpec spec, Endpoint endpoint, boolean inhibit) {
        var sorry = new SorryServerSpec(endpoint, new Forwarding.Nat(), inhibit);
        return new VirtualServerSpec(
                spec.key(),
                spec.members(),
                spec.scheduler(),
                spec.persistence(),
                spec.servers(),
                Optional.of(sorry),
                spec.quorum(),
                spec.omega(),
                spec.suspendWithoutAddress(),
                spec.smtpAlert(),
                spec.caution(),
                spec.masquerade());
    }

    static VirtualServerSpec omega(VirtualServerSpec spec) {
        return new VirtualServerSpec(
                spec.key(),
                spec.members(),
                spec.scheduler(),
                spec.persistence(),
                spec.servers(),
                spec.sorryServer(),
                spec.quorum(),
                true,
                spec.suspendWithoutAddress(),
                spec.smtpAlert(),
                spec.caution(),
                spec.masquerade());
    }

    static VirtualServerSpec suspending(VirtualServerSpec spec) {
        return new VirtualServerSpec(
                spec.key(),
                spec.members(),
                spec.scheduler(),
                spec.persistence(),
                spec.servers(),
                spec.sorryServer(),
                spec.quorum(),
                spec.omega(),
                true,
                spec.smtpAlert(),
                spec.caution(),
                spec.masquerade());
    }

    static VirtualServerSpec scheduled(VirtualServerSpec spec, String scheduler) {
        return new VirtualServerSpec(
                spec.key(),
                spec.members(),
                Scheduler.plain(scheduler),
                spec.persistence(),
                spec.servers(),
                spec.sorryServer(),
                spec.quorum(),
                spec.omega(),
                spec.suspendWithoutAddress(),
                spec.smtpAlert(),
                spec.caution(),
                spec.masquerade());
    }

    static VirtualServerSpec grouped(
            VirtualServerSpec spec, int number, ServiceKey.Single... members) {
        return new VirtualServerSpec(
                new ServiceKey.Group("web", number, Protocol.TCP),
                java.util.List.of(members),
                spec.scheduler(),
                spec.persistence(),
                spec.servers(),
                spec.sorryServer(),
                spec.quorum(),
                spec.omega(),
                spec.suspendWithoutAddress(),
                spec.smtpAlert(),
                spec.caution(),
                spec.masquerade());
    }

    static VirtualServerSpec keyed(VirtualServerSpec spec, ServiceKey.Single key) {
        return new VirtualServerSpec(
                        key,
                        spec.scheduler(),
                        spec.persistence(),
                        spec.servers(),
                        spec.sorryServer(),
                        spec.quorum(),
                        spec.omega(),
                        spec.suspendWithoutAddress(),
                        spec.smtpAlert())
                .with(spec.caution());
    }

    static ServiceKey.Address address(String text) {
        var endpoint = new Endpoint(IpAddress.parse(text).orElseThrow(), 80);
        return new ServiceKey.Address(Protocol.TCP, endpoint);
    }

    static RealServerSpec real(int number, int weight, CheckerSpec... checkers) {
        return real(number, weight, false, checkers);
    }

    static RealServerSpec inhibited(int number, int weight, CheckerSpec... checkers) {
        return real(number, weight, true, checkers);
    }

    static RealServerSpec real(int number, int weight, boolean inhibit, CheckerSpec... checkers) {
        return new RealServerSpec(
                server(number),
                weight,
                new Forwarding.Nat(),
                inhibit,
                0,
                0,
                List.of(checkers),
                Optional.empty(),
                Optional.empty(),
                true);
    }

    /// Checks every 10 s, one retry after 2 s, no warm-up.
    static CheckerSpec tcp() {
        return tcp(1);
    }

    static CheckerSpec tcp(int retry) {
        var target = new Endpoint(Ipv4Address.of(10, 9, 9, 9), 80);
        return checker(new ProbeSpec.Tcp(Connection.to(target)), retry, false);
    }

    static CheckerSpec alpha() {
        var target = new Endpoint(Ipv4Address.of(10, 8, 8, 8), 80);
        return checker(new ProbeSpec.Tcp(Connection.to(target)), 1, true);
    }

    /// Checks the server of this number itself.
    static CheckerSpec aimed(int number) {
        return checker(new ProbeSpec.Tcp(Connection.to(server(number))), 1, false);
    }

    static CheckerSpec file(String path, int weight, boolean reverse) {
        return new CheckerSpec(
                new ProbeSpec.File(path, weight, reverse),
                Duration.ZERO,
                Duration.ZERO,
                0,
                Duration.ZERO,
                Duration.ZERO,
                false,
                false);
    }

    static CheckerSpec script(String name) {
        var script = new ScriptSpec(List.of("/bin/" + name), new Identity("root", 0, 0));
        return checker(new ProbeSpec.Script(script, Duration.ofSeconds(5), true), 0, false);
    }

    static CheckerSpec http(int urls, boolean fast) {
        return checker(httpProbe(urls, fast), 1, false);
    }

    /// Over TLS, with a warning before the certificate ends.
    static CheckerSpec https(int warningDays) {
        if (!(httpProbe(1, false) instanceof ProbeSpec.Http(var to, var http))) {
            throw new AssertionError("another kind of check");
        }
        var session = new TlsSpec.Session(Optional.empty(), false, Optional.empty());
        var tls = new TlsSpec(List.of(session), TlsSpec.Credentials.NONE, List.of(), warningDays);
        return checker(new ProbeSpec.Https(to, http, tls), 1, false);
    }

    private static ProbeSpec httpProbe(int urls, boolean fast) {
        List<HttpSpec.Url> list = new ArrayList<>();
        BitSet codes = new BitSet();
        codes.set(200);
        for (int i = 0; i < urls; i++) {
            Optional<String> none = Optional.empty();
            list.add(new HttpSpec.Url("/" + i, none, codes, none, Optional.empty()));
        }
        var target = new Endpoint(Ipv4Address.of(10, 7, 7, 7), 80);
        var http = new HttpSpec(HttpSpec.Protocol.HTTP_1_0, list, fast, Optional.empty());
        return new ProbeSpec.Http(Connection.to(target), http);
    }

    static CheckerSpec checker(ProbeSpec probe, int retry, boolean alpha) {
        return new CheckerSpec(
                probe,
                Duration.ofSeconds(10),
                Duration.ofSeconds(5),
                retry,
                Duration.ofSeconds(2),
                Duration.ZERO,
                alpha,
                false);
    }

    /// The same check of the server of this number.
    static CheckerSpec aimed(CheckerSpec spec, int number) {
        ProbeSpec probe =
                switch (spec.probe()) {
                    case ProbeSpec.Tcp(var to) -> new ProbeSpec.Tcp(aimed(to, number));
                    case ProbeSpec.Http(var to, var http) ->
                            new ProbeSpec.Http(aimed(to, number), http);
                    case ProbeSpec.Script(var script, var timeout, var dynamic) -> {
                        List<String> argv = new ArrayList<>(script.argv());
                        argv.add(Integer.toString(number));
                        var own = new ScriptSpec(argv, script.identity());
                        yield new ProbeSpec.Script(own, timeout, dynamic);
                    }
                    case ProbeSpec.File file -> file;
                    case ProbeSpec.Session session -> session;
                    case ProbeSpec.Https _,
                            ProbeSpec.Smtp _,
                            ProbeSpec.Dns _,
                            ProbeSpec.Udp _,
                            ProbeSpec.Ping _ ->
                            throw new AssertionError(spec);
                };
        return checker(probe, spec.retry(), spec.alpha());
    }

    private static Connection aimed(Connection to, int number) {
        return Connection.to(new Endpoint(to.target().address(), number));
    }

    /// Whether a server is up when all files say 0.
    static boolean isUp(RealServerSpec spec, boolean healthy) {
        for (CheckerSpec checker : spec.checkers()) {
            boolean up =
                    checker.probe() instanceof ProbeSpec.File file
                            ? file.contribution(0).isPresent()
                            : healthy;
            if (!up) {
                return false;
            }
        }
        return true;
    }

    static CheckerSpec loggingAll(CheckerSpec spec) {
        return new CheckerSpec(
                spec.probe(),
                spec.delayLoop(),
                spec.connectTimeout(),
                spec.retry(),
                spec.delayBeforeRetry(),
                spec.warmup(),
                spec.alpha(),
                true);
    }

    static CheckerSpec warming(CheckerSpec spec, Duration warmup) {
        return new CheckerSpec(
                spec.probe(),
                spec.delayLoop(),
                spec.connectTimeout(),
                spec.retry(),
                spec.delayBeforeRetry(),
                warmup,
                spec.alpha(),
                spec.logAllFailures());
    }
}
