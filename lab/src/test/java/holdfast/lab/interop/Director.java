package holdfast.lab.interop;

import holdfast.lab.AddressWatch;
import holdfast.lab.Daemon;
import holdfast.lab.Host;
import holdfast.lab.Software;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// Holdfast or keepalived, told by the same words: it serves while its kernel has the address.
final class Director implements Contender {

    private final Host host;
    private final Daemon daemon;
    private final AddressWatch watch;
    private Settings settings;

    Director(Make make, Host host, Settings settings) {
        this.host = host;
        this.settings = settings;
        Software software = make == Make.HOLDFAST ? Software.HOLDFAST : Software.KEEPALIVED;
        this.daemon = Daemon.of(software, host, text(settings));
        this.watch = AddressWatch.start(host);
    }

    @Override
    public void tell(Settings other) {
        settings = other;
        daemon.configure(text(other));
    }

    @Override
    public Instant start() {
        Instant at = Instant.now();
        daemon.start();
        return at;
    }

    @Override
    public Instant kill(Instant moment) {
        Instant at = daemon.kill(() -> moment);
        settings.vips()
                .forEach(
                        vip ->
                                host.run(
                                        "ip",
                                        "address",
                                        "del",
                                        settings.owned(vip),
                                        "dev",
                                        settings.speech().device()));
        return at;
    }

    @Override
    public Instant stop() {
        return daemon.stop();
    }

    @Override
    public List<Turn> turns() {
        return watch.changes().stream()
                .filter(change -> change.address().equals(settings.vip()))
                .map(change -> new Turn(change.at(), change.added()))
                .toList();
    }

    @Override
    public String log() {
        return daemon.log();
    }

    /// The configuration, in the words both programs understand.
    static String text(Settings settings) {
        var text = new StringBuilder();
        text.append("global_defs {\n  vrrp_version %d\n}\n".formatted(settings.speech().version()));
        text.append("vrrp_instance V1 {\n  interface eth0\n");
        boolean owner = settings.priority() == Settings.OWNER;
        text.append("  state %s\n".formatted(owner ? "MASTER" : "BACKUP"));
        text.append("  virtual_router_id %d\n".formatted(Settings.VRID));
        text.append("  priority %d\n".formatted(settings.priority()));
        text.append("  advert_int %d\n".formatted(settings.interval().toSeconds()));
        if (!settings.preempt()) {
            text.append("  nopreempt\n");
        }
        if (settings.preemptDelay().compareTo(Duration.ZERO) > 0) {
            text.append("  preempt_delay %d\n".formatted(settings.preemptDelay().toSeconds()));
        }
        settings.speech().authentication().ifPresent(type -> text.append(authentication(type)));
        if (settings.speech() == Speech.VMAC) {
            text.append("  use_vmac\n");
        }
        if (settings.speech().isUnicast()) {
            text.append("  unicast_src_ip %s\n".formatted(settings.address(settings.ours())));
            String peer = settings.address(settings.theirs());
            text.append("  unicast_peer {\n    %s\n  }\n".formatted(peer));
        }
        text.append("  virtual_ipaddress {\n");
        settings.vips().forEach(vip -> text.append("    %s\n".formatted(settings.owned(vip))));
        return text.append("  }\n}\n").toString();
    }

    private static String authentication(String type) {
        return "  authentication {\n    auth_type %s\n    auth_pass geheim12\n  }\n"
                .formatted(type);
    }
}
