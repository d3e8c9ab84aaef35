package holdfast.config;

import holdfast.net.Family;
import holdfast.net.IpAddress;
import holdfast.net.Ipv4Address;
import holdfast.net.Ipv6Address;
import holdfast.routing.Encapsulation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads what follows `encap` in a route.
final class EncapsulationLine {

    private static final long LABEL_MAX = (1 << 20) - 1;
    private static final int OCTET_MAX = 255;
    private static final int FLAGS_MAX = 0xffff;
    private static final int LOCATOR_PARTS = 4;

    private final OptionWords words;

    private @Nullable Long id;
    private @Nullable IpAddress destination;
    private @Nullable IpAddress source;
    private @Nullable Integer ttl;
    private @Nullable Integer tos;
    private @Nullable Integer flags;

    EncapsulationLine(OptionWords words) {
        this.words = words;
    }

    Optional<Encapsulation> read(Word option) {
        Optional<Word> kind = words.value(option);
        if (kind.isEmpty()) {
            return Optional.empty();
        }
        return switch (kind.get().text()) {
            case "mpls" -> words.value(kind.get()).flatMap(this::labels);
            case "ila" -> words.value(kind.get()).flatMap(this::locator);
            case "ip" -> tunnel(kind.get(), Family.INET);
            case "ip6" -> tunnel(kind.get(), Family.INET6);
            default -> {
                words.refuse(
                        kind.get(), "'" + kind.get().text() + "' is not one of ip, ip6, mpls, ila");
                yield Optional.empty();
            }
        };
    }

    private Optional<Encapsulation> labels(Word word) {
        List<Integer> labels = new ArrayList<>();
        for (String text : word.text().split("/", -1)) {
            Optional<Long> label = words.good(word, Scalars.integerOfAnyBase(text, 0, LABEL_MAX));
            if (label.isEmpty()) {
                return Optional.empty();
            }
            labels.add(label.get().intValue());
        }
        return Optional.of(new Encapsulation.Mpls(labels));
    }

    /// Four groups of hexadecimal digits: the upper half of an IPv6 address.
    private Optional<Encapsulation> locator(Word word) {
        String[] parts = word.text().split(":", -1);
        long locator = 0;
        boolean good = parts.length == LOCATOR_PARTS;
        for (String part : parts) {
            Optional<Long> number =
                    Scalars.anyBase("0x" + part).filter(found -> found >= 0 && found <= 0xffff);
            good &= number.isPresent();
            locator = locator << 16 | number.orElse(0L);
        }
        if (!good) {
            words.refuse(word, "'" + word.text() + "' is not a locator, like 1:2:3:4");
            return Optional.empty();
        }
        return Optional.of(new Encapsulation.Ila(locator));
    }

    private Optional<Encapsulation> tunnel(Word kind, Family family) {
        boolean more = true;
        while (more && words.hasNext()) {
            Word option = words.next();
            Optional<Boolean> taken = tunnelOption(option, family);
            if (taken.isPresent() && !taken.get()) {
                return Optional.empty();
            }
            more = taken.isPresent();
            if (!more) {
                words.back();
            }
        }
        if (id == null && destination == null) {
            words.refuse(kind, "'encap " + kind.text() + "' needs dst or id");
            return Optional.empty();
        }
        return Optional.of(family == Family.INET ? ip() : ip6());
    }

    private Encapsulation ip() {
        return new Encapsulation.Ip(
                Optional.ofNullable(id),
                destination instanceof Ipv4Address to ? Optional.of(to) : Optional.empty(),
                source instanceof Ipv4Address from ? Optional.of(from) : Optional.empty(),
                Optional.ofNullable(ttl),
                Optional.ofNullable(tos),
                Optional.ofNullable(flags));
    }

    private Encapsulation ip6() {
        return new Encapsulation.Ip6(
                Optional.ofNullable(id),
                destination instanceof Ipv6Address to ? Optional.of(to) : Optional.empty(),
                source instanceof Ipv6Address from ? Optional.of(from) : Optional.empty(),
                Optional.ofNullable(ttl),
                Optional.ofNullable(tos),
                Optional.ofNullable(flags));
    }

    /// Whether the option was good; empty if it is none of a tunnel.
    private Optional<Boolean> tunnelOption(Word option, Family family) {
        boolean ipv4 = family == Family.INET;
        switch (option.text()) {
            case "id" -> {
                Optional<Word> word = words.value(option);
                id = word.flatMap(this::tunnelId).orElse(null);
                return Optional.of(id != null);
            }
            case "dst" -> {
                destination = address(option, family).orElse(null);
                return Optional.of(destination != null);
            }
            case "src" -> {
                source = address(option, family).orElse(null);
                return Optional.of(source != null);
            }
            case "ttl", "hoplimit" -> {
                if (option.text().equals("ttl") != ipv4) {
                    return Optional.empty();
                }
                ttl = octet(option).orElse(null);
                return Optional.of(ttl != null);
            }
            case "tos", "tc" -> {
                if (option.text().equals("tos") != ipv4) {
                    return Optional.empty();
                }
                tos = words.named(option, IprouteNames.Kind.DSFIELD, OCTET_MAX).orElse(null);
                return Optional.of(tos != null);
            }
            case "flags" -> {
                flags = words.anyNumber(option, FLAGS_MAX).map(Long::intValue).orElse(null);
                return Optional.of(flags != null);
            }
            default -> {
                return Optional.empty();
            }
        }
    }

    private Optional<Integer> octet(Word option) {
        return words.number(option, OCTET_MAX).map(Long::intValue);
    }

    private Optional<Long> tunnelId(Word word) {
        return words.good(word, Scalars.integerOfAnyBase(word.text(), 0, Long.MAX_VALUE));
    }

    private Optional<IpAddress> address(Word option, Family family) {
        return words.value(option)
                .flatMap(word -> words.good(word, Scalars.address(word.text(), family)));
    }
}
