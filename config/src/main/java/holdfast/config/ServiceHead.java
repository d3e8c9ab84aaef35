package holdfast.config;

import holdfast.balance.Protocol;
import holdfast.balance.ServiceKey;
import holdfast.net.Endpoint;
import holdfast.net.Family;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Reads what a `virtual_server` is about: an address, a firewall mark, or a group of both.
final class ServiceHead {

    private static final long MARK_MAX = 4_294_967_295L;

    private final Context context;
    private final Entry block;

    ServiceHead(Context context, Entry block) {
        this.context = context;
        this.block = block;
    }

    /// @param members each a service of the data plane
    /// @param port that all of it has; 0 where it has several, or none
    /// @param anyPort whether something of it has no port
    record Head(ServiceKey key, List<ServiceKey.Single> members, int port, boolean anyPort) {
        Head {
            members = List.copyOf(members);
        }

        private static Head of(ServiceKey.Single key) {
            int port = key instanceof ServiceKey.Address(_, var at) ? at.port() : 0;
            boolean anyPort = key instanceof ServiceKey.Address && port == 0;
            return new Head(key, List.of(key), port, anyPort);
        }

        Set<Family> families() {
            Set<Family> families = EnumSet.noneOf(Family.class);
            members.forEach(member -> families.add(member.family()));
            return families;
        }
    }

    /// @param family of marks that do not say theirs
    Optional<Head> read(ServerGroups groups, Optional<Protocol> protocol, Optional<Family> family) {
        return switch (block.text()) {
            case "fwmark" -> mark(family.orElse(Family.INET));
            case "group" -> group(groups, protocol.orElse(Protocol.UDP), family);
            default ->
                    new EndpointReader(context.findings())
                            .read(block, 0)
                            .map(
                                    endpoint ->
                                            Head.of(
                                                    new ServiceKey.Address(
                                                            protocol.orElse(Protocol.UDP),
                                                            endpoint)));
        };
    }

    private Optional<Head> mark(Family family) {
        Optional<Word> word = second();
        if (word.isEmpty()) {
            return Optional.empty();
        }
        Scalar<Long> mark = Scalars.integer(word.get().text(), 1, MARK_MAX);
        mark.complaint().ifPresent(complaint -> context.findings().error(word.get(), complaint));
        return mark.value().map(value -> Head.of(new ServiceKey.Mark((int) (long) value, family)));
    }

    private Optional<Head> group(ServerGroups groups, Protocol protocol, Optional<Family> family) {
        Optional<Word> word = second();
        if (word.isEmpty()) {
            return Optional.empty();
        }
        String name = word.get().text();
        Optional<ServerGroup> group = groups.find(name);
        if (group.isEmpty()) {
            context.findings()
                    .unusable(
                            word.get(),
                            "there is no virtual_server_group '%s'; the service is left out"
                                    .formatted(name));
            return Optional.empty();
        }
        ServiceKey key = new ServiceKey.Group(name, groups.use(name), protocol);
        List<ServiceKey.Single> members =
                groups.marking().takes(group.get())
                        ? groups.marking().members(name, group.get(), protocol)
                        : members(group.get(), protocol, family);
        Set<Integer> ports = new HashSet<>();
        group.get().ranges().forEach(range -> ports.add(range.port()));
        boolean common = ports.size() == 1 && group.get().marks().isEmpty();
        int port = common ? ports.iterator().next() : 0;
        return Optional.of(new Head(key, members, port, ports.contains(0)));
    }

    private List<ServiceKey.Single> members(
            ServerGroup group, Protocol protocol, Optional<Family> family) {
        Set<ServiceKey.Single> members = new LinkedHashSet<>();
        for (Endpoint endpoint : group.endpoints()) {
            members.add(new ServiceKey.Address(protocol, endpoint));
        }
        for (ServerGroup.Mark mark : group.marks()) {
            members.add(
                    new ServiceKey.Mark(
                            mark.mark(), mark.family().or(() -> family).orElse(Family.INET)));
        }
        return List.copyOf(members);
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
