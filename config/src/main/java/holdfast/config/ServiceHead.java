package holdfast.config;

import holdfast.balance.Protocol;
import holdfast.balance.ServiceKey;
import holdfast.net.Endpoint;
import holdfast.net.Family;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Reads what a `virtual_server` is about: an address, a firewall mark, or a group of both.
final class ServiceHead {

    private static final long MARK_MAX = 4_294_967_295L;

    private final Context context;
    private final Entry block;

    ServiceHead(Context context, Entry block) {
        this.context = context;
        this.block = block;
    }

    /// @param family of marks that do not say theirs
    List<ServiceKey> keys(
            Map<String, ServerGroup> groups, Optional<Protocol> protocol, Optional<Family> family) {
        return switch (block.text()) {
            case "fwmark" -> mark(family.orElse(Family.INET));
            case "group" -> group(groups, protocol.orElse(Protocol.UDP), family);
            default ->
                    new EndpointReader(context.findings())
                            .read(block, 0).stream()
                                    .map(
                                            endpoint ->
                                                    (ServiceKey)
                                                            new ServiceKey.Address(
                                                                    protocol.orElse(Protocol.UDP),
                                                                    endpoint))
                                    .toList();
        };
    }

    private List<ServiceKey> mark(Family family) {
        Optional<Word> word = second();
        if (word.isEmpty()) {
            return List.of();
        }
        Scalar<Long> mark = Scalars.integer(word.get().text(), 1, MARK_MAX);
        mark.complaint().ifPresent(complaint -> context.findings().error(word.get(), complaint));
        return mark.value().stream()
                .map(value -> (ServiceKey) new ServiceKey.Mark((int) (long) value, family))
                .toList();
    }

    private List<ServiceKey> group(
            Map<String, ServerGroup> groups, Protocol protocol, Optional<Family> family) {
        Optional<Word> word = second();
        if (word.isEmpty()) {
            return List.of();
        }
        Optional<ServerGroup> group = Optional.ofNullable(groups.get(word.get().text()));
        if (group.isEmpty()) {
            context.findings()
                    .unusable(
                            word.get(),
                            "there is no virtual_server_group '%s'; the service is left out"
                                    .formatted(word.get().text()));
            return List.of();
        }
        List<ServiceKey> keys = new ArrayList<>();
        for (Endpoint endpoint : group.get().endpoints()) {
            keys.add(new ServiceKey.Address(protocol, endpoint));
        }
        for (ServerGroup.Mark mark : group.get().marks()) {
            keys.add(
                    new ServiceKey.Mark(
                            mark.mark(), mark.family().or(() -> family).orElse(Family.INET)));
        }
        return keys;
    }

    private Optional<Word> second() {
        Optional<Word> word = block.wordIfAny(1);
        if (word.isEmpty()) {
            context.findings()
                    .missing(
                            block.word(0),
                            "'virtual_server %s' needs more".formatted(block.text()));
        }
        return word;
    }
}
