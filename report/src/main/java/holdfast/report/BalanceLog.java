package holdfast.report;

import holdfast.balance.BalanceEffect;
import holdfast.balance.CheckerId;
import holdfast.balance.Destination;
import holdfast.balance.ServiceKey;
import holdfast.probe.ProbeSpec;
import holdfast.report.LogLine.Gravity;
import java.time.Duration;
import java.util.List;

/// What happened to services and servers, in sentences.
public final class BalanceLog {

    private BalanceLog() {}

    /// The lines for one effect; none for those that speak for themselves.
    public static List<LogLine> of(BalanceEffect effect) {
        return switch (effect) {
            case BalanceEffect.StartProbe _, BalanceEffect.AbandonProbe _ -> List.of();
            case BalanceEffect.PlaneCommand command ->
                    List.of(new LogLine(Gravity.DETAIL, command(command)));
            case BalanceEffect.CheckTurned turned -> List.of(turned(turned));
            case BalanceEffect.CheckFailed(var checker, var probe, var reason, var failures) ->
                    List.of(
                            new LogLine(
                                    Gravity.PLAIN,
                                    check(checker, probe)
                                            + " failed "
                                            + failures
                                            + (failures == 1 ? " time: " : " times: ")
                                            + reason));
            case BalanceEffect.CertificateEnding(var checker, var probe, var left) ->
                    List.of(
                            new LogLine(
                                    Gravity.NOTABLE,
                                    check(checker, probe) + ": the certificate " + ends(left)));
            case BalanceEffect.LengthDiffers differing -> List.of(length(differing));
            case BalanceEffect.ServerTurned(var key, var spec, var up, _) ->
                    List.of(
                            new LogLine(
                                    Gravity.NOTABLE,
                                    "Server "
                                            + Names.server(key, spec.endpoint())
                                            + " of "
                                            + key
                                            + (up ? " is UP" : " is DOWN")));
            case BalanceEffect.PanicChanged panic -> List.of(panic(panic));
            case BalanceEffect.WeightChanged(var key, var server, var from, var to) ->
                    List.of(
                            new LogLine(
                                    Gravity.PLAIN,
                                    "Server "
                                            + Names.server(key, server)
                                            + " of "
                                            + key
                                            + ": weight goes from "
                                            + from
                                            + " to "
                                            + to));
            case BalanceEffect.QuorumChanged quorum -> List.of(quorum(quorum));
            case BalanceEffect.ServerRemoved(var key, var spec) ->
                    List.of(
                            new LogLine(
                                    Gravity.PLAIN,
                                    "Server "
                                            + Names.server(key, spec.endpoint())
                                            + " of "
                                            + key
                                            + " is not configured any more"));
        };
    }

    private static LogLine length(BalanceEffect.LengthDiffers page) {
        return new LogLine(
                Gravity.NOTABLE,
                check(page.checker(), page.spec())
                        + ": the body has "
                        + octets(page.received())
                        + ", Content-Length announced "
                        + octets(page.announced()));
    }

    private static String octets(long count) {
        return count == 1 ? "1 octet" : count + " octets";
    }

    private static String ends(Duration left) {
        long days = left.abs().toDays();
        String span = days == 1 ? "1 day" : days + " days";
        return left.isNegative() ? "expired " + span + " ago" : "expires in " + span;
    }

    private static LogLine turned(BalanceEffect.CheckTurned turned) {
        String check = check(turned.checker(), turned.spec());
        if (turned.up()) {
            return new LogLine(Gravity.PLAIN, check + " succeeded");
        }
        String reason = turned.reason().isEmpty() ? "" : ": " + turned.reason();
        return new LogLine(Gravity.NOTABLE, check + " failed" + reason);
    }

    private static LogLine quorum(BalanceEffect.QuorumChanged quorum) {
        String compared = "live weight " + quorum.weight() + ", needed " + quorum.threshold();
        return quorum.up()
                ? new LogLine(
                        Gravity.NOTABLE,
                        "Service " + quorum.key() + " gained its quorum: " + compared)
                : new LogLine(
                        Gravity.GRAVE, "Service " + quorum.key() + " lost its quorum: " + compared);
    }

    private static LogLine panic(BalanceEffect.PanicChanged panic) {
        String part = panic.live() + " of " + panic.whole() + " of its weight";
        return panic.panicking()
                ? new LogLine(
                        Gravity.GRAVE,
                        ("Service %s panics: only %s is alive;"
                                        + " the servers that were good last are kept")
                                .formatted(panic.key(), part))
                : new LogLine(
                        Gravity.NOTABLE, "Service " + panic.key() + " is calm again: " + part);
    }

    private static String check(CheckerId checker, ProbeSpec probe) {
        return Names.check(probe)
                + " of "
                + Names.server(checker.service(), checker.server())
                + " for "
                + checker.service();
    }

    private static String command(BalanceEffect.PlaneCommand command) {
        return switch (command) {
            case BalanceEffect.AddService(var service) -> "Adding service " + service.key();
            case BalanceEffect.EditService(var service) -> "Changing service " + service.key();
            case BalanceEffect.RemoveService(var key) -> "Removing service " + key;
            case BalanceEffect.AddDestination(var key, var destination) ->
                    "Adding " + destination(key, destination);
            case BalanceEffect.EditDestination(var key, var destination) ->
                    "Changing " + destination(key, destination);
            case BalanceEffect.RemoveDestination(var key, var endpoint) ->
                    "Removing server " + Names.server(key, endpoint) + " from " + key;
        };
    }

    private static String destination(ServiceKey key, Destination destination) {
        return "server "
                + Names.server(key, destination.endpoint())
                + " of "
                + key
                + ", weight "
                + destination.weight();
    }
}
