package holdfast.report;

import holdfast.net.IpPrefix;
import holdfast.net.Ipv4Address;
import holdfast.script.Identity;
import holdfast.script.ScriptSpec;
import holdfast.time.MonoTime;
import holdfast.vrrp.Authentication;
import holdfast.vrrp.DropReason;
import holdfast.vrrp.FaultReason;
import holdfast.vrrp.InstanceStatus;
import holdfast.vrrp.Notifying;
import holdfast.vrrp.Role;
import holdfast.vrrp.TrackScriptSpec;
import holdfast.vrrp.Tracking;
import holdfast.vrrp.Version;
import holdfast.vrrp.VirtualAddress;
import holdfast.vrrp.VrrpSpec;
import holdfast.vrrp.VrrpSpecDraft;
import holdfast.vrrp.Weight;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Specs and states that several tests of this package speak about.
final class Examples {

    static final Identity ROOT = new Identity("root", 0, 0);

    static final ScriptSpec CHECK = script("/usr/bin/true");

    static final TrackScriptSpec TRACKED =
            new TrackScriptSpec(
                    "chk", CHECK, Duration.ofSeconds(1), Duration.ofSeconds(1), 1, 1, false);

    private Examples() {}

    static ScriptSpec script(String... argv) {
        return new ScriptSpec(List.of(argv), ROOT);
    }

    static Notifying everything(boolean deletedToo) {
        return new Notifying(
                Optional.of(script("/m", "a")),
                Optional.of(script("/b")),
                Optional.of(script("/f")),
                Optional.of(script("/s")),
                Optional.of(script("/n", "x")),
                Optional.of(script("/w")),
                deletedToo,
                Optional.of(script("/d")),
                false,
                true);
    }

    static VrrpSpec instance(Notifying notifying) {
        return VrrpSpecDraft.plain("VI_1", 51, "eth9")
                .version(Version.V2)
                .authentication(new Authentication.Password("abc".getBytes(StandardCharsets.UTF_8)))
                .addresses(List.of(address(10)))
                .excluded(List.of(address(11)))
                .tracking(
                        new Tracking(
                                true,
                                List.of(),
                                List.of(new Tracking.Item("chk", new Weight(2, false)))))
                .notifying(notifying)
                .done();
    }

    static VirtualAddress address(int last) {
        return VirtualAddress.plain(new IpPrefix(Ipv4Address.of(10, 9, 0, last), 24), "eth9");
    }

    static InstanceStatus master(Notifying notifying) {
        return new InstanceStatus(
                instance(notifying),
                Role.MASTER,
                102,
                Optional.of(Ipv4Address.of(10, 9, 0, 1)),
                Optional.empty(),
                Duration.ofSeconds(1),
                new MonoTime(1_000_000),
                List.of(new FaultReason(FaultReason.Kind.TRACKED_SCRIPT, "chk")),
                new InstanceStatus.Counters(3, 2, 1, 0, 4, 5, 6, Map.of(DropReason.WRONG_TTL, 7L)));
    }

    /// The same instance with another authentication.
    static InstanceStatus with(Authentication authentication, InstanceStatus status) {
        return new InstanceStatus(
                status.spec().draft().authentication(authentication).done(),
                status.role(),
                status.priority(),
                status.source(),
                status.master(),
                status.masterInterval(),
                status.since(),
                status.faults(),
                status.counters());
    }
}
