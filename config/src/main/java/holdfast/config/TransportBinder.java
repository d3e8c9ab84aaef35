package holdfast.config;

import holdfast.net.Family;
import holdfast.net.IpAddress;
import holdfast.vrrp.Transport;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Binds how the adverts of an instance travel.
final class TransportBinder {

    private static final int TTL = 255;

    private final Context context;

    TransportBinder(Context context) {
        this.context = context;
    }

    /// The configured source of adverts, under either of its names.
    Optional<IpAddress> source(Section block, Family family) {
        Optional<Entry> source = block.last("unicast_src_ip").or(() -> block.last("mcast_src_ip"));
        if (source.isPresent() && source.get().address().family() != family) {
            context.findings()
                    .error(source.get().word(0), "the source is not of the instance's family");
            return Optional.empty();
        }
        return source.map(Entry::address);
    }

    Transport transport(Section block, Family family, Optional<IpAddress> source) {
        List<Transport.Peer> peers = peers(block, family, source);
        if (!peers.isEmpty()) {
            return unicast(block, peers);
        }
        if (block.has("unicast_fault_no_peer") && speaksToPeers(block)) {
            return unicast(block, peers);
        }
        toNobody(block);
        block.last("unicast_ttl")
                .ifPresent(
                        entry ->
                                context.findings()
                                        .error(entry.at(), "'unicast_ttl' is for unicast peers"));
        return new Transport.Multicast(group(block, family));
    }

    private Transport unicast(Section block, List<Transport.Peer> peers) {
        boolean bounded = peers.stream().anyMatch(peer -> peer.minTtl() > 0 || peer.maxTtl() < TTL);
        return new Transport.Unicast(
                peers,
                block.number("unicast_ttl").map(Context::toInt).orElse(TTL),
                bounded
                        || block.has("check_unicast_src")
                        || context.globals().has("vrrp_check_unicast_src"));
    }

    /// Whether unicast is meant, though there may be no peers.
    private static boolean speaksToPeers(Section block) {
        return block.has("unicast_peer") || block.has("unicast_src_ip");
    }

    /// Words about unicast make no sense without peers.
    private void toNobody(Section block) {
        List<String> keywords =
                List.of("unicast_src_ip", "check_unicast_src", "old_unicast_checksum");
        keywords.stream()
                .flatMap(keyword -> block.all(keyword).stream())
                .limit(block.has("unicast_fault_no_peer") ? 0 : 1)
                .forEach(
                        entry ->
                                context.findings()
                                        .deprecated(
                                                entry.at(),
                                                "there is no unicast_peer; multicast is used"));
    }

    /// The group of IPv4 instances that have none of their own.
    static IpAddress group4(Context context) {
        return context.globals()
                .address("vrrp_mcast_group4")
                .orElse(Transport.Multicast.usual(Family.INET).group());
    }

    private IpAddress group(Section block, Family family) {
        Optional<Entry> own = block.last("mcast_dst_ip");
        if (own.isPresent() && own.get().address().family() == family) {
            return own.get().address();
        }
        own.ifPresent(
                entry ->
                        context.findings()
                                .error(entry.word(0), "the group is not of the instance's family"));
        return switch (family) {
            case INET -> group4(context);
            case INET6 ->
                    context.globals()
                            .address("vrrp_mcast_group6")
                            .orElse(Transport.Multicast.usual(Family.INET6).group());
        };
    }

    private List<Transport.Peer> peers(Section block, Family family, Optional<IpAddress> source) {
        List<Transport.Peer> peers = new ArrayList<>();
        for (Entry list : block.all("unicast_peer")) {
            for (Statement line : list.lines()) {
                Word word = line.keyword();
                Scalar<IpAddress> address = Scalars.address(word.text(), family);
                if (address.value().isEmpty()) {
                    context.findings().error(word, address.complaint().orElse("not an address"));
                } else if (address.value().equals(source)) {
                    context.findings().error(word, "the peer is this router itself");
                } else if (peers.stream()
                        .anyMatch(peer -> address.value().get().equals(peer.address()))) {
                    context.findings().error(word, "the peer stands here already");
                } else {
                    peers.add(peer(address.value().get(), line.words()));
                }
            }
        }
        return peers;
    }

    private Transport.Peer peer(IpAddress address, List<Word> words) {
        int min = 0;
        int max = TTL;
        for (int i = 0; i < words.size(); i += 2) {
            Word option = words.get(i);
            boolean known = option.text().equals("min_ttl") || option.text().equals("max_ttl");
            if (!known || i + 1 == words.size()) {
                context.findings().error(option, "expected min_ttl or max_ttl, and a number");
                break;
            }
            Word value = words.get(i + 1);
            Scalar<Long> ttl = Scalars.integer(value.text(), 0, TTL);
            ttl.complaint().ifPresent(complaint -> context.findings().error(value, complaint));
            if (option.text().equals("min_ttl")) {
                min = ttl.value().map(Context::toInt).orElse(min);
            } else {
                max = ttl.value().map(Context::toInt).orElse(max);
            }
        }
        return new Transport.Peer(address, min, max);
    }
}
