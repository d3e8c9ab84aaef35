package holdfast.balance;

import holdfast.net.Endpoint;

/// One checker among all.
///
/// @param index among the server's checkers, from 0
public record CheckerId(ServiceKey service, Endpoint server, int index) {}
