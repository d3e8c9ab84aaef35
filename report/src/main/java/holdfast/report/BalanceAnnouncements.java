package holdfast.report;

import holdfast.balance.BalanceEffect;
import holdfast.balance.RealServerSpec;
import holdfast.balance.ServiceKey;

/// Which scripts and pipes hear of services and servers, and what (LVS specification, section 8).
///
/// Scripts get no arguments added. Lines end in a newline and a NUL octet: readers have learned to
/// expect both.
public final class BalanceAnnouncements {

    private static final String END = "\n\0";

    private BalanceAnnouncements() {}

    /// What to say about a fact, or [Announcement#isEmpty] when nobody wants to know.
    public static Announcement of(BalanceEffect fact) {
        return switch (fact) {
            case BalanceEffect.ServerTurned(var key, var spec, var up, var told) ->
                    told ? server(key, spec, up) : Announcement.nothing(key.toString());
            case BalanceEffect.ServerRemoved(var key, var spec) -> server(key, spec, false);
            case BalanceEffect.QuorumChanged(var key, var spec, var up, _, _) ->
                    new Announcement(
                            key.toString(),
                            (up ? spec.up() : spec.down()).stream().toList(),
                            "VS " + key + word(up) + END,
                            false);
            case BalanceEffect.PlaneCommand _,
                    BalanceEffect.StartProbe _,
                    BalanceEffect.AbandonProbe _,
                    BalanceEffect.CheckTurned _,
                    BalanceEffect.CheckFailed _,
                    BalanceEffect.CertificateEnding _,
                    BalanceEffect.LengthDiffers _,
                    BalanceEffect.WeightChanged _,
                    BalanceEffect.PanicChanged _ ->
                    Announcement.nothing("");
        };
    }

    private static Announcement server(ServiceKey key, RealServerSpec spec, boolean up) {
        return new Announcement(
                key.toString(),
                (up ? spec.notifyUp() : spec.notifyDown()).stream().toList(),
                "RS " + Names.server(key, spec.endpoint()) + " " + key + word(up) + END,
                false);
    }

    private static String word(boolean up) {
        return up ? " UP" : " DOWN";
    }
}
