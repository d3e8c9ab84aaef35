package holdfast.lab.interop;

import holdfast.lab.AddressWatch;
import holdfast.lab.Await;
import holdfast.lab.Host;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// FRR's vrrpd.
///
/// The administrator makes a device with the virtual router's MAC address and gives it the
/// addresses; FRR takes its carrier away while it does not serve.
final class Vrrpd implements Contender {

    private static final String DEVICE = "vrrp";

    /// `[2026-01-02T03:04:05.678901] [LINK]11: vrrp@eth0: <BROADCAST,…> … protodown on …`
    private static final Pattern LINK =
            Pattern.compile("\\[(\\S+?)\\] \\[LINK\\]\\d+: " + DEVICE + "@.*");

    private final Host host;
    private final Frr frr;
    private final AddressWatch watch;
    private Optional<Process> vrrpd = Optional.empty();

    Vrrpd(Host host, Settings settings) {
        this.host = host;
        this.watch = AddressWatch.start(host);
        makeDevice(host, settings);
        own(host, settings);
        this.frr = new Frr(host);
        configure(settings);
    }

    private static void makeDevice(Host host, Settings settings) {
        String family = settings.speech().isIpv6() ? "02" : "01";
        String mac = "00:00:5e:00:%s:%02x".formatted(family, Settings.VRID);
        host.run(
                "ip", "link", "add", DEVICE, "link", "eth0", "address", mac, "type", "macvlan",
                "mode", "bridge");
        if (settings.speech().isIpv6()) {
            // It speaks from the link-local address of this device, and the lab's hosts make none.
            String own = "fe80::%d1/64".formatted(settings.ours());
            host.run("ip", "address", "add", own, "dev", DEVICE, "nodad");
        }
        host.run("ip", "link", "set", DEVICE, "protodown", "on");
        host.run("ip", "link", "set", DEVICE, "up");
    }

    /// What an administrator does with a device that FRR left in service, and with the addresses.
    @Override
    public void tell(Settings settings) {
        own(host, settings);
        configure(settings);
    }

    private void configure(Settings settings) {
        frr.file("vrrpd.conf", text(settings));
    }

    private static void own(Host host, Settings settings) {
        host.run("ip", "link", "set", DEVICE, "protodown", "on");
        for (int vip : settings.vips()) {
            List<String> command = new ArrayList<>(List.of("ip", "address", "replace"));
            command.addAll(List.of(settings.owned(vip), "dev", DEVICE));
            if (settings.speech().isIpv6()) {
                command.add("nodad");
            }
            host.run(command.toArray(String[]::new));
        }
    }

    @Override
    public Instant start() {
        Instant at = Instant.now();
        vrrpd = Optional.of(frr.start("vrrpd", "-f", frr.path("vrrpd.conf")));
        return at;
    }

    @Override
    public Instant kill(Instant moment) {
        Process process = vrrpd.orElseThrow();
        Await.moment(moment);
        Instant at = Instant.now();
        process.destroyForcibly().onExit().join();
        host.run("ip", "link", "set", DEVICE, "protodown", "on");
        return at;
    }

    @Override
    public Instant stop() {
        Process process = vrrpd.orElseThrow();
        Instant at = Instant.now();
        process.destroy();
        process.onExit().join();
        return at;
    }

    @Override
    public List<Turn> turns() {
        return watch.messages().stream()
                .map(LINK::matcher)
                .filter(Matcher::matches)
                .map(line -> new Turn(AddressWatch.instant(line.group(1)), serves(line.group())))
                .toList();
    }

    private static boolean serves(String line) {
        return line.contains(",UP")
                && !line.contains("NO-CARRIER")
                && !line.contains("protodown on");
    }

    @Override
    public String log() {
        return frr.log();
    }

    /// The configuration of vrrpd.
    static String text(Settings settings) {
        var text = new StringBuilder("interface eth0\n");
        String router = " vrrp %d ".formatted(Settings.VRID);
        text.append(router).append("version %d\n".formatted(settings.speech().version()));
        text.append(router).append("priority %d\n".formatted(settings.priority()));
        text.append(router)
                .append("advertisement-interval %d\n".formatted(settings.interval().toMillis()));
        if (!settings.preempt()) {
            text.append(" no").append(router).append("preempt\n");
        }
        for (int vip : settings.vips()) {
            String family = settings.speech().isIpv6() ? "ipv6" : "ip";
            text.append(router).append("%s %s\n".formatted(family, settings.address(vip)));
        }
        return text.toString();
    }
}
