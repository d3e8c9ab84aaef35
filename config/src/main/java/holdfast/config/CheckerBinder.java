package holdfast.config;

import holdfast.balance.CheckerSpec;
import holdfast.net.Endpoint;
import holdfast.net.IpAddress;
import holdfast.net.Ipv6Address;
import holdfast.probe.Connection;
import holdfast.probe.DnsSpec;
import holdfast.probe.HttpSpec;
import holdfast.probe.ProbeSpec;
import holdfast.probe.TlsSpec;
import holdfast.probe.UdpSpec;
import holdfast.script.ScriptSpec;
import holdfast.vrrp.TrackFileSpec;
import holdfast.vrrp.Weight;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Binds the checkers of one real server. What a checker does not say, the server says, then the
/// service, then the kind of checker (LVS specification, section 6).
final class CheckerBinder {

    /// What a kind of checker falls back to.
    private record Fallback(int retry, Duration delayBeforeRetry) {}

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Fallback TCP = new Fallback(1, SECOND);
    private static final Fallback HTTP = new Fallback(1, Duration.ofSeconds(3));
    private static final Fallback MISC = new Fallback(0, SECOND);
    private static final Fallback SMTP = new Fallback(1, SECOND);
    private static final Fallback UDP = new Fallback(1, SECOND);
    private static final Fallback PING = new Fallback(1, SECOND);
    private static final int DNS_RETRY = 3;

    /// What the hosts of a checker inherit from it.
    private static final Set<String> HOW =
            Set.of(
                    "connect_timeout",
                    "retry",
                    "delay_before_retry",
                    "warmup",
                    "delay_loop",
                    "alpha",
                    "log_all_failures");

    private static final String HELO_NAME = "smtpchecker.keepalived.org";
    private static final Duration DELAY_LOOP = Duration.ofSeconds(60);
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

    private final Context context;
    private final Section service;
    private final Section server;
    private final Endpoint endpoint;

    CheckerBinder(Context context, Section service, Section server, Endpoint endpoint) {
        this.context = context;
        this.service = service;
        this.server = server;
        this.endpoint = endpoint;
    }

    Optional<CheckerSpec> tcp(Entry checker) {
        return connection(checker)
                .map(connection -> spec(checker, new ProbeSpec.Tcp(connection), TCP));
    }

    Optional<CheckerSpec> http(Entry checker) {
        HttpBinder binder = new HttpBinder(context, service, server);
        Optional<Connection> connection = connection(checker);
        return binder.bind(checker)
                .flatMap(
                        http ->
                                connection.map(
                                        to -> spec(checker, new ProbeSpec.Http(to, http), HTTP)));
    }

    Optional<CheckerSpec> https(Entry checker) {
        Optional<HttpSpec> http = new HttpBinder(context, service, server).bind(checker);
        Optional<Connection> connection = connection(checker);
        return http.flatMap(
                asked ->
                        connection.map(
                                to -> {
                                    TlsSpec tls =
                                            new TlsBinder(context, service)
                                                    .bind(checker, asked, to.target());
                                    return spec(checker, new ProbeSpec.Https(to, asked, tls), HTTP);
                                }));
    }

    Optional<CheckerSpec> misc(Entry checker) {
        Section block = checker.inner();
        Optional<Entry> path = block.last("misc_path");
        if (path.isEmpty()) {
            context.findings().error(checker.at(), "MISC_CHECK has no misc_path; it is left out");
            return Optional.empty();
        }
        Optional<ScriptSpec> script = context.scripts().script(path.get(), block.last("user"));
        Duration timeout =
                block.seconds("misc_timeout")
                        .filter(time -> !time.isZero())
                        .orElseGet(() -> service.time("delay_loop").orElse(DELAY_LOOP));
        return script.map(
                program ->
                        spec(
                                checker,
                                new ProbeSpec.Script(program, timeout, block.has("misc_dynamic")),
                                MISC));
    }

    /// One checker, and one more for each `host`.
    List<CheckerSpec> smtp(Entry checker) {
        String helo = checker.inner().text("helo_name").orElse(HELO_NAME);
        List<Entry> blocks = new ArrayList<>(List.of(checker));
        for (Entry host : checker.inner().all("SMTP_CHECK")) {
            blocks.add(within(checker, host));
        }
        List<CheckerSpec> specs = new ArrayList<>();
        for (Entry block : blocks) {
            connection(block)
                    .map(to -> spec(block, new ProbeSpec.Smtp(to, helo), SMTP))
                    .ifPresent(specs::add);
        }
        return specs;
    }

    /// A host is asked as its checker is, unless it says otherwise; where it is, it says itself.
    private static Entry within(Entry checker, Entry host) {
        List<Entry> entries = new ArrayList<>();
        for (Entry entry : checker.inner().entries()) {
            if (HOW.contains(entry.name())) {
                entries.add(entry);
            }
        }
        entries.addAll(host.inner().entries());
        return new Entry(host.name(), host.keyword(), host.statement(), new Section(entries));
    }

    Optional<CheckerSpec> dns(Entry checker) {
        Duration delayLoop = time(checker.inner(), "delay_loop").orElse(DELAY_LOOP);
        DnsSpec question = new DatagramBinder(context).dns(checker.inner());
        return connection(checker)
                .map(
                        to ->
                                spec(
                                        checker,
                                        new ProbeSpec.Dns(to, question),
                                        new Fallback(DNS_RETRY, delayLoop)));
    }

    Optional<CheckerSpec> udp(Entry checker) {
        UdpSpec udp = new DatagramBinder(context).udp(checker);
        return connection(checker).map(to -> spec(checker, new ProbeSpec.Udp(to, udp), UDP));
    }

    Optional<CheckerSpec> ping(Entry checker) {
        return connection(checker).map(to -> spec(checker, new ProbeSpec.Ping(to), PING));
    }

    /// Told when its session changes, it has no pace of its own.
    Optional<CheckerSpec> session(Entry checker, Set<String> known) {
        names(checker, "name", "bfd_instance", known);
        TrackedWeight.only(checker.inner().all("name"), context.findings());
        return checker.inner()
                .text("name")
                .filter(known::contains)
                .map(name -> told(new ProbeSpec.Session(name), alpha(checker.inner())));
    }

    Optional<CheckerSpec> file(Entry checker, Trackables trackables) {
        names(checker, "track_file", "track_file", trackables.files.keySet());
        Section block = checker.inner();
        Optional<String> name = block.text("track_file");
        for (TrackFileSpec tracked : trackables.fileSpecs) {
            if (name.equals(Optional.of(tracked.name()))) {
                Weight usual = trackables.files.getOrDefault(tracked.name(), Weight.FAULT);
                return Optional.of(file(block, tracked.path(), usual));
            }
        }
        return Optional.empty();
    }

    /// Told when its file changes, it has no pace of its own.
    private CheckerSpec file(Section block, String path, Weight usual) {
        Optional<Entry> weight = block.last("weight");
        Optional<Word> option = weight.flatMap(entry -> entry.wordIfAny(1));
        boolean reverse = option.filter(word -> word.text().equals("reverse")).isPresent();
        option.filter(word -> !reverse && !word.text().equals("noreverse"))
                .ifPresent(
                        word ->
                                context.findings()
                                        .error(word, "weight: expected reverse or noreverse"));
        ProbeSpec.File probe =
                new ProbeSpec.File(
                        path,
                        weight.map(entry -> (int) entry.number()).orElse(usual.value()),
                        weight.isPresent() ? reverse : usual.reverse());
        return told(probe, false);
    }

    private static CheckerSpec told(ProbeSpec probe, boolean alpha) {
        return new CheckerSpec(
                probe, Duration.ZERO, Duration.ZERO, 0, Duration.ZERO, Duration.ZERO, alpha, false);
    }

    private boolean alpha(Section block) {
        return block.flag("alpha")
                .or(() -> server.flag("alpha"))
                .orElseGet(() -> service.has("alpha"));
    }

    /// Looks for mistakes in a checker that names something tracked.
    void names(Entry checker, String keyword, String what, Collection<String> known) {
        Optional<Entry> name = checker.inner().last(keyword);
        if (name.isEmpty()) {
            context.findings()
                    .error(checker.at(), "%s has no %s".formatted(checker.name(), keyword));
        } else if (!known.contains(name.get().text())) {
            context.findings()
                    .error(
                            name.get().word(0),
                            "there is no %s '%s'".formatted(what, name.get().text()));
        }
    }

    private CheckerSpec spec(Entry checker, ProbeSpec probe, Fallback fallback) {
        Section block = checker.inner();
        Duration delayLoop = time(block, "delay_loop").orElse(DELAY_LOOP);
        return new CheckerSpec(
                probe,
                delayLoop,
                time(block, "connect_timeout").orElse(CONNECT_TIMEOUT),
                number(block, "retry").orElse(fallback.retry()),
                time(block, "delay_before_retry").orElse(fallback.delayBeforeRetry()),
                time(block, "warmup").orElse(delayLoop),
                alpha(block),
                context.flag(block, "log_all_failures", "checker_log_all_failures"));
    }

    private Optional<Duration> time(Section block, String name) {
        return block.time(name).or(() -> server.time(name)).or(() -> service.time(name));
    }

    private Optional<Integer> number(Section block, String name) {
        return block.number(name)
                .or(() -> server.number(name))
                .or(() -> service.number(name))
                .map(Context::toInt);
    }

    private Optional<Connection> connection(Entry checker) {
        Section block = checker.inner();
        IpAddress address = block.address("connect_ip").orElse(endpoint.address());
        int port = block.number("connect_port").map(Context::toInt).orElse(endpoint.port());
        Optional<Entry> bindTo = block.last("bindto");
        if (bindTo.isPresent() && bindTo.get().address().family() != address.family()) {
            context.findings()
                    .error(bindTo.get().word(0), "the address is not of the family checked");
            bindTo = Optional.empty();
        }
        Optional<String> device = block.text("bind_if");
        if (address instanceof Ipv6Address ipv6 && ipv6.isLinkLocal() && device.isEmpty()) {
            context.findings().error(checker.at(), "a check of a link-local address needs bind_if");
            return Optional.empty();
        }
        boolean portless =
                checker.name().equals("PING_CHECK") || checker.name().equals("DNS_CHECK");
        if (port == 0 && !portless) {
            context.findings()
                    .error(
                            checker.at(),
                            checker.name() + " has no port to connect to; it is left out",
                            "write connect_port");
            return Optional.empty();
        }
        return Optional.of(
                new Connection(
                        new Endpoint(address, port),
                        bindTo.map(Entry::address),
                        block.number("bind_port").map(Context::toInt).orElse(0),
                        device,
                        (int) (long) block.number("fwmark").orElse(0L)));
    }
}
