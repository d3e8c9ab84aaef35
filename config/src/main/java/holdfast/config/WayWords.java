package holdfast.config;

import holdfast.net.Family;
import holdfast.net.IpAddress;
import holdfast.routing.Encapsulation;
import holdfast.vrrp.RouteSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Collects where one route leads: `via`, `dev`, and what follows `nexthop`.
final class WayWords {

    private static final int WEIGHT_MAX = 256;

    /// One way, while its words are read.
    private static final class Draft {
        private Optional<String> interfaceName = Optional.empty();
        private Optional<IpAddress> gateway = Optional.empty();
        private Optional<Word> gatewayWord = Optional.empty();
        private boolean otherFamily;
        private int weight = 1;
        private boolean onLink;
        private Optional<Encapsulation> encapsulation = Optional.empty();
        private int realms;

        private boolean isEmpty() {
            return interfaceName.isEmpty() && gateway.isEmpty() && encapsulation.isEmpty();
        }
    }

    private final OptionWords words;
    private final Findings findings;

    /// What is said of the route as a whole.
    private final Draft outer = new Draft();

    private final List<Draft> several = new ArrayList<>();
    private Draft current = outer;

    WayWords(OptionWords words, Findings findings) {
        this.words = words;
        this.findings = findings;
    }

    /// @return whether it was good
    boolean read(Word option) {
        return one(option) && weight(option);
    }

    private boolean one(Word option) {
        return switch (option.text()) {
            case "via", "gw" -> gateway(option);
            case "or" -> {
                current = several.isEmpty() ? second() : another();
                boolean good = address(option);
                current = outer;
                yield good;
            }
            case "nexthop" -> {
                current = another();
                yield true;
            }
            case "dev", "oif" -> {
                current.interfaceName = words.interfaceName(option);
                yield current.interfaceName.isPresent();
            }
            case "onlink" -> {
                current.onLink = true;
                yield true;
            }
            case "encap" -> {
                current.encapsulation = new EncapsulationLine(words).read(option);
                yield current.encapsulation.isPresent();
            }
            case "realms" -> {
                Optional<Integer> realms = words.realms(option);
                current.realms = realms.orElse(0);
                yield realms.isPresent();
            }
            default -> throw new IllegalStateException("not an option of a way: " + option.text());
        };
    }

    /// `weight N` has no row of its own, since it is of next hops alone.
    private boolean weight(Word option) {
        if (!words.hasNext() || !words.take("weight")) {
            return true;
        }
        if (current == outer) {
            return words.refuse(option, "'weight' is for one of several next hops");
        }
        Optional<Word> word = words.value(option);
        Optional<Long> number =
                word.flatMap(
                        found -> words.good(found, Scalars.integer(found.text(), 1, WEIGHT_MAX)));
        current.weight = number.orElse(1L).intValue();
        return number.isPresent();
    }

    private Draft another() {
        Draft next = new Draft();
        several.add(next);
        return next;
    }

    /// `via A or B` is an old way to write two next hops.
    private Draft second() {
        Draft first = another();
        first.gateway = outer.gateway;
        first.gatewayWord = outer.gatewayWord;
        first.otherFamily = outer.otherFamily;
        outer.gateway = Optional.empty();
        return another();
    }

    private boolean gateway(Word option) {
        if (words.take("inet6")) {
            current.otherFamily = true;
        } else {
            words.take("inet");
        }
        return address(option);
    }

    private boolean address(Word option) {
        current.gatewayWord = words.value(option);
        current.gateway =
                current.gatewayWord.flatMap(word -> words.good(word, Scalars.address(word.text())));
        return current.gateway.isPresent();
    }

    /// The family of a route that says nothing else about its own.
    Optional<Family> family() {
        return outer.gateway
                .or(() -> several.isEmpty() ? Optional.empty() : several.getFirst().gateway)
                .map(IpAddress::family);
    }

    /// The realms of the route as a whole.
    int realms() {
        return outer.realms;
    }

    /// The ways of a route of this family; empty if there is something wrong with them, which was
    /// complained about.
    Optional<List<RouteSpec.Way>> ways(Family family) {
        List<Draft> drafts = several.isEmpty() ? List.of(outer) : several;
        List<RouteSpec.Way> ways = new ArrayList<>();
        if (!several.isEmpty() && outer.gateway.isPresent()) {
            findings.error(
                    outer.gatewayWord.orElseThrow(), "a route has either 'via' or next hops");
            return Optional.empty();
        }
        for (Draft draft : drafts) {
            boolean mixed = draft.gateway.filter(one -> one.family() != family).isPresent();
            if (mixed && !(family == Family.INET && draft.otherFamily)) {
                findings.error(draft.gatewayWord.orElseThrow(), "the route mixes IPv4 and IPv6");
                return Optional.empty();
            }
            if (!draft.isEmpty()) {
                ways.add(way(draft));
            }
        }
        return Optional.of(ways);
    }

    /// A next hop goes through the interface of the route unless it has its own.
    private RouteSpec.Way way(Draft draft) {
        return new RouteSpec.Way(
                draft.interfaceName.or(() -> outer.interfaceName),
                draft.gateway,
                draft.weight,
                draft.onLink || outer.onLink,
                draft.encapsulation.or(() -> outer.encapsulation),
                draft == outer ? 0 : draft.realms);
    }
}
