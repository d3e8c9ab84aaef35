package holdfast.config;

import holdfast.net.Family;
import holdfast.net.IpAddress;
import holdfast.net.IpPrefix;
import holdfast.net.Ipv4Address;
import holdfast.vrrp.VirtualAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Reads one line of `virtual_ipaddress`, `virtual_ipaddress_excluded` or `static_ipaddress`.
final class AddressLine {

    private static final Map<String, Integer> SCOPES =
            Map.of("global", 0, "site", 200, "link", 253, "host", 254, "nowhere", 255);

    /// A longer prefix has no room for one.
    private static final int BROADCAST_PREFIX_MAX = 30;

    private final KeywordTable table;
    private final Context context;
    private final String path;
    private final Optional<String> interfaceName;
    private final Optional<TrackGroups> groups;

    /// @param path of the block in the keyword table, with `#line`
    /// @param interfaceName where an address goes that names no interface
    /// @param groups who may track it, if it is static
    AddressLine(
            KeywordTable table,
            Context context,
            String path,
            Optional<String> interfaceName,
            Optional<TrackGroups> groups) {
        this.table = table;
        this.context = context;
        this.path = path;
        this.interfaceName = interfaceName;
        this.groups = groups;
    }

    Optional<VirtualAddress> read(Statement line) {
        LineWords words = new LineWords(line);
        Word first = words.next();
        Scalar<IpPrefix> prefix = Scalars.prefix(first.text());
        if (prefix.value().isEmpty()) {
            return refused(first, prefix.complaint().orElse("not an address"));
        }
        Map<String, Word> options = new HashMap<>();
        while (words.hasNext()) {
            Word option = words.next();
            Optional<Keyword> row = table.find(path, option.text());
            if (row.isEmpty()) {
                OptionLines.unknown(table.of(path), option, context.findings());
                return Optional.empty();
            }
            int before = words.rest().size();
            if (!OptionLines.value(row.get(), option, words, context.findings())) {
                return Optional.empty();
            }
            noteWithoutEffect(row.get(), option);
            boolean valued = words.rest().size() < before;
            String name = option.text().equals("broadcast") ? "brd" : option.text();
            options.put(name, valued ? last(words) : option);
        }
        Optional<VirtualAddress> address = address(first, prefix.value().get(), options);
        Word group = options.get("track_group");
        if (groups.isPresent() && group != null && address.isPresent()) {
            groups.get().join(group, address.get());
        }
        return address;
    }

    /// Whether a line that was read asks for a virtual MAC.
    boolean wantsVmac(Statement line) {
        LineWords words = new LineWords(line);
        words.next();
        while (words.hasNext()) {
            Word option = words.next();
            if (option.text().equals("use_vmac")) {
                return true;
            }
            table.find(path, option.text())
                    .ifPresent(row -> OptionLines.value(row, option, words, new Findings()));
        }
        return false;
    }

    private void noteWithoutEffect(Keyword row, Word option) {
        if (row.support() == Support.IGNORED_WITH_WARNING) {
            context.findings()
                    .note(option, "'" + option.text() + "' is accepted but has no effect yet");
        }
    }

    private static Word last(LineWords words) {
        words.back();
        return words.next();
    }

    private Optional<VirtualAddress> address(
            Word first, IpPrefix prefix, Map<String, Word> options) {
        String device =
                text(options, "dev").or(() -> interfaceName).orElseGet(context::defaultInterface);
        if (!context.mayName(device)) {
            Word at = options.getOrDefault("dev", first);
            String message = "there is no interface '" + device + "'";
            if (groups.isEmpty()) {
                context.findings().fatal(at, message);
                return Optional.empty();
            }
            // A static address waits until there is one.
            context.findings().error(at, message);
        }
        boolean ipv4 = prefix.address().family() == Family.INET;
        Optional<IpAddress> peer =
                text(options, "peer").flatMap(text -> Scalars.address(text).value());
        if (peer.isPresent() && peer.get().family() != prefix.address().family()) {
            return refused(at(options, "peer"), "the peer is of the other family");
        }
        if (peer.isPresent() && first.text().indexOf('/') >= 0) {
            context.findings()
                    .warning(first, "an address with a peer has no prefix length; it is ignored");
            prefix = IpPrefix.host(prefix.address());
        }
        return Optional.of(
                new VirtualAddress(
                        prefix,
                        device,
                        scope(options, ipv4),
                        ipv4Only(options, "label", ipv4),
                        broadcast(options, prefix, ipv4),
                        peer,
                        flags(options, ipv4),
                        lifetime(options, prefix, ipv4),
                        !options.containsKey("no_track")));
    }

    private static VirtualAddress.Flags flags(Map<String, Word> options, boolean ipv4) {
        return new VirtualAddress.Flags(
                options.containsKey("home"),
                !ipv4 && !options.containsKey("-nodad"),
                options.containsKey("mngtmpaddr"),
                options.containsKey("noprefixroute"),
                options.containsKey("autojoin"));
    }

    private int scope(Map<String, Word> options, boolean ipv4) {
        Optional<String> word = ipv4Only(options, "scope", ipv4);
        if (word.isEmpty()) {
            return 0;
        }
        Optional<Integer> known = Optional.ofNullable(SCOPES.get(word.get()));
        Optional<Integer> scope =
                known.or(() -> Scalars.integer(word.get(), 0, 255).value().map(Long::intValue));
        if (scope.isEmpty()) {
            context.findings().error(at(options, "scope"), "'" + word.get() + "' is not a scope");
        }
        return scope.orElse(0);
    }

    private Optional<IpAddress> broadcast(
            Map<String, Word> options, IpPrefix prefix, boolean ipv4) {
        Optional<String> word = ipv4Only(options, "brd", ipv4);
        if (word.isEmpty() || !(prefix.address() instanceof Ipv4Address(int bits))) {
            return Optional.empty();
        }
        if (options.containsKey("peer") || prefix.length() > BROADCAST_PREFIX_MAX) {
            context.findings()
                    .error(
                            at(options, "brd"),
                            "there is no broadcast address with a peer, or in a prefix longer than"
                                    + " 30");
            return Optional.empty();
        }
        int hostBits = prefix.length() == 0 ? -1 : (1 << (32 - prefix.length())) - 1;
        return switch (word.get()) {
            case "+" -> Optional.of(new Ipv4Address(bits | hostBits));
            case "-" -> Optional.of(new Ipv4Address(bits & ~hostBits));
            default -> Scalars.address(word.get()).value();
        };
    }

    private Optional<Long> lifetime(Map<String, Word> options, IpPrefix prefix, boolean ipv4) {
        Optional<String> word = text(options, "preferred_lft");
        if (word.isEmpty()) {
            // An address alone in its prefix is not to be a source address.
            return !ipv4 && prefix.length() == 128 ? Optional.of(0L) : Optional.empty();
        }
        if (word.get().equals("forever")) {
            return Optional.empty();
        }
        Scalar<Long> seconds = Scalars.integer(word.get(), 0, 4_294_967_295L);
        seconds.complaint()
                .ifPresent(
                        complaint ->
                                context.findings()
                                        .error(
                                                at(options, "preferred_lft"),
                                                "preferred_lft: " + complaint));
        return seconds.value();
    }

    private Optional<String> ipv4Only(Map<String, Word> options, String name, boolean ipv4) {
        Optional<String> word = text(options, name);
        if (word.isPresent() && !ipv4) {
            context.findings()
                    .warning(at(options, name), "\'" + name + "\' is for IPv4; it is ignored");
            return Optional.empty();
        }
        return word;
    }

    /// Only for an option that is there.
    private static Word at(Map<String, Word> options, String name) {
        return Optional.ofNullable(options.get(name)).orElseThrow();
    }

    private static Optional<String> text(Map<String, Word> options, String name) {
        return Optional.ofNullable(options.get(name)).map(Word::text);
    }

    private Optional<VirtualAddress> refused(Word at, String complaint) {
        context.findings().error(at, complaint);
        return Optional.empty();
    }
}
