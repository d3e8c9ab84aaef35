package holdfast.report;

import holdfast.balance.ServiceKey;
import holdfast.net.Endpoint;
import holdfast.probe.ProbeSpec;

/// How services, servers and checks are called in logs, pipes and mails.
final class Names {

    private Names() {}

    /// `[192.0.2.11]:tcp:8080`; a server behind a firewall mark has no protocol of its own.
    static String server(ServiceKey service, Endpoint server) {
        String protocol =
                switch (service) {
                    case ServiceKey.Address(var known, _) -> known.word();
                    case ServiceKey.Mark _ -> "none";
                    case ServiceKey.Group(_, _, var common) -> common.word();
                };
        return "[" + server.address() + "]:" + protocol + ":" + server.port();
    }

    /// The keyword of the check in the configuration.
    static String check(ProbeSpec probe) {
        return switch (probe) {
            case ProbeSpec.Tcp _ -> "TCP_CHECK";
            case ProbeSpec.Http _ -> "HTTP_GET";
            case ProbeSpec.Https _ -> "SSL_GET";
            case ProbeSpec.Smtp _ -> "SMTP_CHECK";
            case ProbeSpec.Dns _ -> "DNS_CHECK";
            case ProbeSpec.Udp _ -> "UDP_CHECK";
            case ProbeSpec.Ping _ -> "PING_CHECK";
            case ProbeSpec.Script _ -> "MISC_CHECK";
            case ProbeSpec.File _ -> "FILE_CHECK";
            case ProbeSpec.Session _ -> "BFD_CHECK";
        };
    }
}
