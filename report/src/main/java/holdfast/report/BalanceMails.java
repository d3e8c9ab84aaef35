package holdfast.report;

import holdfast.balance.BalanceEffect;
import holdfast.balance.BalanceSpec;
import holdfast.balance.CheckerSpec;
import holdfast.balance.QuorumSpec;
import holdfast.balance.RealServerSpec;
import holdfast.balance.ServiceKey;
import holdfast.balance.VirtualServerSpec;
import holdfast.net.Endpoint;
import holdfast.probe.ProbeSpec;
import holdfast.report.mail.Mail;
import holdfast.report.mail.MailRules;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Which mails services and servers are worth (runtime specification, section 8).
///
/// A mail about a server says what its check found, so this remembers what checks said before.
/// Confined to one thread.
public final class BalanceMails {

    private record Check(ServiceKey service, Endpoint server, ProbeSpec probe) {}

    private final Map<ServiceKey, VirtualServerSpec> services = new HashMap<>();
    private final Map<ServiceKey, Map<Endpoint, RealServerSpec>> servers = new HashMap<>();
    private final Map<Check, Boolean> verdicts = new HashMap<>();

    /// Services that something was heard of since they began.
    private final Set<ServiceKey> begun = new HashSet<>();

    /// Knows of no service yet.
    public BalanceMails() {}

    /// From now on these are the services; what was learned about those that stay is kept.
    public void expect(BalanceSpec spec) {
        services.clear();
        servers.clear();
        Set<Check> wanted = new HashSet<>();
        for (VirtualServerSpec service : spec.services()) {
            if (services.putIfAbsent(service.key(), service) != null) {
                continue;
            }
            Map<Endpoint, RealServerSpec> pool = new LinkedHashMap<>();
            for (RealServerSpec server : service.servers()) {
                pool.putIfAbsent(server.endpoint(), server);
                server.checkers().forEach(one -> wanted.add(check(service.key(), server, one)));
            }
            servers.put(service.key(), pool);
        }
        verdicts.keySet().retainAll(wanted);
        begun.retainAll(services.keySet());
    }

    /// Hears a fact, and returns the mail about it if somebody asked for it.
    public Optional<Mail> of(BalanceEffect fact, MailRules rules) {
        return switch (fact) {
            case BalanceEffect.CheckTurned turned -> checkTurned(turned, rules);
            case BalanceEffect.ServerTurned(var key, var spec, var up, var told) ->
                    told && !up && isUnexplained(key, spec)
                            ? server(key, spec, false, "Shutting down", rules)
                            : Optional.empty();
            case BalanceEffect.ServerRemoved(var key, var spec) ->
                    server(key, spec, false, "Removing", rules);
            case BalanceEffect.QuorumChanged(var key, var spec, var up, var weight, _) ->
                    quorum(key, spec, up, weight, rules);
            case BalanceEffect.PlaneCommand _,
                    BalanceEffect.StartProbe _,
                    BalanceEffect.AbandonProbe _,
                    BalanceEffect.CheckFailed _,
                    BalanceEffect.CertificateEnding _,
                    BalanceEffect.LengthDiffers _,
                    BalanceEffect.WeightChanged _,
                    BalanceEffect.PanicChanged _ ->
                    Optional.empty();
        };
    }

    private Optional<Mail> checkTurned(BalanceEffect.CheckTurned turned, MailRules rules) {
        ServiceKey service = turned.checker().service();
        Optional<RealServerSpec> known = known(service, turned.checker().server());
        if (known.isEmpty()) {
            return Optional.empty();
        }
        begun.add(service);
        RealServerSpec spec = known.get();
        Check check = new Check(service, spec.endpoint(), turned.spec());
        boolean wasAlive = isAlive(service, spec);
        boolean wasUp = verdicts.getOrDefault(check, isTrustedAtFirst(spec, turned.spec()));
        verdicts.put(check, turned.up());
        boolean alive = isAlive(service, spec);
        boolean unsaid = wasUp == turned.up() || (rules.onlyStateChanges() && wasAlive == alive);
        return unsaid ? Optional.empty() : server(service, spec, alive, finding(turned), rules);
    }

    private static String finding(BalanceEffect.CheckTurned turned) {
        boolean up = turned.up();
        return switch (turned.spec()) {
            case ProbeSpec.Tcp _ -> "TCP CHECK " + succeed(up);
            case ProbeSpec.Udp _ -> "UDP CHECK " + succeed(up);
            case ProbeSpec.Ping _ -> "ICMP CHECK " + succeed(up);
            case ProbeSpec.File _ -> "FILE CHECK " + succeed(up);
            case ProbeSpec.Session(var name) ->
                    "BFD CHECK " + name + (up ? " succeeded" : " failed") + " on service";
            case ProbeSpec.Dns _ -> "DNS_CHECK: " + succeed(up);
            case ProbeSpec.Smtp _ ->
                    up
                            ? "CHECK succeed on service"
                            : "CHECK failed on service : " + turned.reason();
            case ProbeSpec.Http _, ProbeSpec.Https _ ->
                    up
                            ? "CHECK succeed on service"
                            : "CHECK failed on service : HTTP/SSL request failed";
            case ProbeSpec.Script _ ->
                    "MISC CHECK "
                            + (up ? "succeeded" : scriptFailure(turned.reason()))
                            + " on service";
        };
    }

    private static String succeed(boolean up) {
        return (up ? "succeed" : "failed") + " on service";
    }

    private static String scriptFailure(String reason) {
        return reason.startsWith("still running") ? "timed out" : "failed";
    }

    private static Optional<Mail> server(
            ServiceKey key, RealServerSpec spec, boolean up, String body, MailRules rules) {
        String subject =
                "Realserver " + Names.server(key, spec.endpoint()) + " of virtual server " + key;
        return spec.smtpAlert()
                ? Optional.of(rules.mail(subject + word(up), body))
                : Optional.empty();
    }

    private Optional<Mail> quorum(
            ServiceKey key, QuorumSpec spec, boolean up, long weight, MailRules rules) {
        VirtualServerSpec service = services.get(key);
        boolean begins = begun.add(key);
        if (service == null || !service.smtpAlert()) {
            return Optional.empty();
        }
        String compared =
                " quorum %d+%d=%d <= %d"
                        .formatted(
                                spec.quorum(),
                                spec.hysteresis(),
                                spec.quorum() + spec.hysteresis(),
                                weight);
        String body =
                begins
                        ? "Starting with quorum " + (up ? "up" : "down")
                        : (up ? "Gained" : "Lost") + compared;
        return Optional.of(rules.mail("Virtualserver " + key + word(up), body));
    }

    /// Whether a server that turned down did so without a check that said why.
    private boolean isUnexplained(ServiceKey service, RealServerSpec spec) {
        return known(service, spec.endpoint()).isPresent() && isAlive(service, spec);
    }

    private Optional<RealServerSpec> known(ServiceKey service, Endpoint server) {
        return Optional.ofNullable(servers.get(service))
                .flatMap(pool -> Optional.ofNullable(pool.get(server)));
    }

    private boolean isAlive(ServiceKey service, RealServerSpec spec) {
        return spec.checkers().stream()
                .allMatch(one -> verdicts.getOrDefault(check(service, spec, one), !one.alpha()));
    }

    private static boolean isTrustedAtFirst(RealServerSpec spec, ProbeSpec probe) {
        return spec.checkers().stream()
                .filter(one -> one.probe().equals(probe))
                .noneMatch(CheckerSpec::alpha);
    }

    private static Check check(ServiceKey service, RealServerSpec server, CheckerSpec checker) {
        return new Check(service, server.endpoint(), checker.probe());
    }

    private static String word(boolean up) {
        return up ? " - UP" : " - DOWN";
    }
}
