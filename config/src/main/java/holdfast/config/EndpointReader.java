package holdfast.config;

import holdfast.net.Endpoint;
import holdfast.net.IpAddress;
import java.util.Optional;

/// Reads `ADDRESS [PORT]` of servers.
final class EndpointReader {

    private static final int PORT_MAX = 65535;

    private final Findings findings;

    EndpointReader(Findings findings) {
        this.findings = findings;
    }

    /// @param port what an absent port, or port 0, stands for
    Optional<Endpoint> read(Entry entry, int port) {
        Word word = entry.word(0);
        Scalar<IpAddress> address = Scalars.address(word.text());
        if (address.value().isEmpty()) {
            findings.error(word, address.complaint().orElse("not an address"));
            return Optional.empty();
        }
        Optional<Word> second = entry.wordIfAny(1);
        if (second.isEmpty()) {
            return Optional.of(new Endpoint(address.value().get(), port));
        }
        Scalar<Long> own = Scalars.integer(second.get().text(), 0, PORT_MAX);
        own.complaint().ifPresent(complaint -> findings.error(second.get(), "port: " + complaint));
        return own.value()
                .map(
                        value ->
                                new Endpoint(
                                        address.value().get(),
                                        value == 0 ? port : value.intValue()));
    }
}
