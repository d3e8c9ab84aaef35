package holdfast.config;

import holdfast.net.Endpoint;
import holdfast.net.Family;
import java.util.List;
import java.util.Optional;

/// The addresses and marks of a `virtual_server_group`, ranges spelled out.
record ServerGroup(List<Endpoint> endpoints, List<Mark> marks) {

    /// @param mark not 0
    record Mark(int mark, Optional<Family> family) {}

    ServerGroup {
        endpoints = List.copyOf(endpoints);
        marks = List.copyOf(marks);
    }
}
