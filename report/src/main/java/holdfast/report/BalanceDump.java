package holdfast.report;

import holdfast.balance.BalanceReport;
import holdfast.balance.ServiceKey;
import holdfast.balance.ServiceStatus;
import holdfast.balance.Traffic;
import holdfast.balance.VirtualServerSpec;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// `keepalived_check.data`: services and servers, told and actual. For people.
public final class BalanceDump {

    private BalanceDump() {}

    public static String of(BalanceReport report) {
        Outline out = new Outline();
        out.title("LVS Topology");
        Map<ServiceKey.Single, List<Traffic>> traffic = report.byService();
        for (ServiceStatus service : report.services()) {
            service(service, out);
            out.list(
                    "Traffic",
                    service.spec().members().stream()
                            .flatMap(key -> traffic.getOrDefault(key, List.of()).stream())
                            .map(BalanceDump::traffic)
                            .toList());
        }
        return out.toString();
    }

    /// `SERVICE SERVER: 1 active, 2 inactive, 0 persistent; 3 connections, 9 packets in, ...`
    private static String traffic(Traffic traffic) {
        String who =
                traffic.service()
                        + traffic.server()
                                .map(server -> " " + Names.server(traffic.service(), server))
                                .orElse("");
        String now =
                traffic.connections()
                        .map(
                                it ->
                                        it.active()
                                                + " active, "
                                                + it.inactive()
                                                + " inactive, "
                                                + it.persistent()
                                                + " persistent")
                        .orElse("");
        String total =
                traffic.total()
                        .map(
                                it ->
                                        it.connections()
                                                + " connections, "
                                                + it.packetsIn()
                                                + " packets in, "
                                                + it.packetsOut()
                                                + " packets out, "
                                                + it.bytesIn()
                                                + " bytes in, "
                                                + it.bytesOut()
                                                + " bytes out")
                        .orElse("");
        return who + ": " + now + (now.isEmpty() || total.isEmpty() ? "" : "; ") + total;
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
