package holdfast.report;

import holdfast.balance.ServiceStatus;
import holdfast.balance.VirtualServerSpec;
import java.util.List;
import java.util.stream.Collectors;

/// `keepalived_check.data`: services and servers, told and actual. For people.
public final class BalanceDump {

    private BalanceDump() {}

    public static String of(List<ServiceStatus> services) {
        Outline out = new Outline();
        out.title("LVS Topology");
        services.forEach(service -> service(service, out));
        return out.toString();
    }

    private static void service(ServiceStatus status, Outline out) {
        VirtualServerSpec spec = status.spec();
        out.head("Virtual server", spec.key().toString());
        out.line("Scheduler", spec.scheduler().name());
        out.line("Quorum", spec.quorum().quorum() + ", hysteresis " + spec.quorum().hysteresis());
        out.line("Quorum up", Texts.yesNo(status.quorumUp()));
        out.line("Live weight", Long.toString(status.liveWeight()));
        spec.sorryServer()
                .ifPresent(
                        sorry ->
                                out.line(
                                        "Sorry server",
                                        sorry.endpoint()
                                                + (status.sorryActive() ? " (in use)" : "")));
        out.list(
                "Real servers",
                status.servers().stream()
                        .map(
                                server ->
                                        Names.server(spec.key(), server.spec().endpoint())
                                                + (server.alive() ? " up" : " down")
                                                + ", weight "
                                                + server.weight()
                                                + checks(server.checks()))
                        .toList());
        out.list(
                "Data plane",
                status.destinations().stream()
                        .map(
                                row ->
                                        Names.server(spec.key(), row.endpoint())
                                                + ", weight "
                                                + row.weight())
                        .toList());
    }

    /// `, checks TCP_CHECK up, FILE_CHECK down`, or nothing.
    private static String checks(List<ServiceStatus.CheckStatus> checks) {
        if (checks.isEmpty()) {
            return "";
        }
        return checks.stream()
                .map(check -> Names.check(check.spec()) + (check.up() ? " up" : " down"))
                .collect(Collectors.joining(", ", ", checks ", ""));
    }
}
