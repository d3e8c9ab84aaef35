package holdfast.config;

import java.time.Duration;

/// How long IPVS remembers idle connections (`lvs_timeouts`); zero leaves one as it is.
public record LvsTimeouts(Duration tcp, Duration tcpFin, Duration udp) {}
