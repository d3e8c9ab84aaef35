package holdfast.report;

import holdfast.balance.BalanceReport;
import holdfast.balance.ServiceKey;
import holdfast.balance.ServiceStatus;
import holdfast.balance.Traffic;
import holdfast.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/// `keepalived_check.json`: every virtual server with its servers and counters, on one line.
public final class BalanceJson {

    private BalanceJson() {}

    public static String of(BalanceReport report) {
        Map<ServiceKey.Single, List<Traffic>> traffic = report.byService();
        SequencedMap<String, Json> whole = new LinkedHashMap<>();
        whole.put(
                "virtual_servers",
                Json.of(report.services().stream().map(one -> service(one, traffic)).toList()));
        return Json.of(whole) + "\n";
    }

    private static Json service(
            ServiceStatus status, Map<ServiceKey.Single, List<Traffic>> traffic) {
        SequencedMap<String, Json> out = new LinkedHashMap<>();
        out.put("name", Json.of(status.spec().key().toString()));
        out.put("quorum_up", Json.of(status.quorumUp()));
        out.put("live_weight", Json.of(status.liveWeight()));
        out.put("sorry_active", Json.of(status.sorryActive()));
        List<Json> servers = new ArrayList<>();
        for (ServiceStatus.ServerStatus server : status.servers()) {
            SequencedMap<String, Json> one = new LinkedHashMap<>();
            one.put("name", Json.of(Names.server(status.spec().key(), server.spec().endpoint())));
            one.put("alive", Json.of(server.alive()));
            one.put("weight", Json.of((long) server.weight()));
            servers.add(Json.of(one));
        }
        out.put("real_servers", Json.of(servers));
        out.put(
                "traffic",
                Json.of(
                        status.spec().members().stream()
                                .flatMap(key -> traffic.getOrDefault(key, List.of()).stream())
                                .map(BalanceJson::traffic)
                                .toList()));
        return Json.of(out);
    }

    private static Json traffic(Traffic traffic) {
        SequencedMap<String, Json> out = new LinkedHashMap<>();
        out.put("service", Json.of(traffic.service().toString()));
        traffic.server()
                .ifPresent(
                        server ->
                                out.put(
                                        "server",
                                        Json.of(Names.server(traffic.service(), server))));
        traffic.connections()
                .ifPresent(
                        now -> {
                            out.put("active_connections", Json.of(now.active()));
                            out.put("inactive_connections", Json.of(now.inactive()));
                            out.put("persistent_connections", Json.of(now.persistent()));
                        });
        traffic.total()
                .ifPresent(
                        total -> {
                            out.put("connections", Json.of(total.connections()));
                            out.put("packets_in", Json.of(total.packetsIn()));
                            out.put("packets_out", Json.of(total.packetsOut()));
                            out.put("bytes_in", Json.of(total.bytesIn()));
                            out.put("bytes_out", Json.of(total.bytesOut()));
                        });
        return Json.of(out);
    }
}
