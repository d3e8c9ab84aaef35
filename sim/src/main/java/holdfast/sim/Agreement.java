package holdfast.sim;

import holdfast.net.Family;
import holdfast.net.IpAddress;
import holdfast.net.IpPrefix;
import holdfast.net.Ipv4Address;
import holdfast.net.Ipv6Address;
import holdfast.routing.RouteTraits;
import holdfast.vrrp.Authentication;
import holdfast.vrrp.HmacKey;
import holdfast.vrrp.RouteSpec;
import holdfast.vrrp.Routing;
import holdfast.vrrp.Transport;
import holdfast.vrrp.Version;
import holdfast.vrrp.VirtualAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// What the routers of one virtual router must agree about.
///
/// @param card the interface where its adverts live
/// @param interval the advert interval where no router has another one
/// @param addressCount how many virtual addresses it has
record Agreement(
        int vrid,
        Version version,
        Family family,
        String card,
        boolean unicast,
        Duration interval,
        Authentication authentication,
        int addressCount) {

    private static final Authentication NONE = new Authentication.None();
    private static final List<Duration> SECONDS =
            List.of(Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofSeconds(2));
    private static final List<Duration> FRACTIONS =
            List.of(Duration.ofMillis(200), Duration.ofMillis(500), Duration.ofSeconds(1));

    private static final List<Authentication> TRAILERS =
            List.of(
                    trailers(1, Authentication.Hmac.Mode.ENFORCE, true),
                    trailers(2, Authentication.Hmac.Mode.ENFORCE, false),
                    trailers(2, Authentication.Hmac.Mode.PERMISSIVE, true),
                    trailers(1, Authentication.Hmac.Mode.RECEIVE_ONLY, true));

    /// As many as an operator once had, when announcing them held up adverts.
    private static final int MANY = 80;

    static Agreement from(Chance chance, int vrid) {
        Family family = chance.oneIn(4) ? Family.INET6 : Family.INET;
        boolean modern = family == Family.INET6 || chance.oneIn(2);
        Version version = modern ? Version.V3 : Version.V2;
        return new Agreement(
                vrid,
                version,
                family,
                chance.oneIn(3) ? Cluster.SECOND : Cluster.FIRST,
                chance.oneIn(4),
                anInterval(chance, version),
                anAuthentication(chance, version),
                chance.oneIn(24) ? MANY : chance.below(4));
    }

    /// One thing is agreed upon anew.
    Agreement changed(Chance chance) {
        boolean other = chance.oneIn(4);
        boolean modern = family == Family.INET6 || (version == Version.V3) != other;
        Version next = modern ? Version.V3 : Version.V2;
        return new Agreement(
                vrid,
                next,
                family,
                card,
                unicast != chance.oneIn(4),
                anInterval(chance, next),
                anAuthentication(chance, next),
                addressCount);
    }

    static Duration anInterval(Chance chance, Version version) {
        return chance.anyOf(
                switch (version) {
                    case V2 -> SECONDS;
                    case V3 -> FRACTIONS;
                });
    }

    private static Authentication anAuthentication(Chance chance, Version version) {
        if (chance.oneIn(4)) {
            return chance.anyOf(TRAILERS);
        }
        if (version == Version.V3) {
            return NONE;
        }
        byte[] octets = chance.anyOf(List.of("one", "two")).getBytes(StandardCharsets.US_ASCII);
        Authentication.Password password = new Authentication.Password(octets);
        return chance.anyOf(
                List.of(NONE, password, new Authentication.AuthenticationHeader(password)));
    }

    private static Authentication trailers(
            int activeKey, Authentication.Hmac.Mode mode, boolean checksTime) {
        List<HmacKey> keys = List.of(key(1), key(2));
        return new Authentication.Hmac(keys, activeKey, mode, Duration.ofSeconds(2), checksTime);
    }

    private static HmacKey key(int id) {
        byte[] octets = new byte[HmacKey.BYTES_MIN];
        Arrays.fill(octets, (byte) id);
        return new HmacKey(id, octets);
    }

    /// The address of a router where this virtual router lives, higher for later routers.
    IpAddress address(int router) {
        return ownAddress(card, family, router);
    }

    static IpAddress ownAddress(String card, Family family, int router) {
        return switch (family) {
            case INET -> Ipv4Address.of(192, 0, net(card), (router + 1) * 10);
            case INET6 -> new Ipv6Address(0xfe80L << 48, (long) net(card) << 16 | (router + 1));
        };
    }

    /// An address that a router has beside its own, from which it may come to speak.
    ///
    /// It ranks as the others of its router do, lest the members of a group disagree about who of
    /// equal priority outranks whom.
    static IpAddress staticAddress(String card, int router) {
        return Ipv4Address.of(192, 0, net(card), (router + 1) * 10 + 5);
    }

    private static int net(String card) {
        return card.charAt(card.length() - 1) - '0';
    }

    /// One of its virtual addresses; there are more than it has at a time.
    VirtualAddress virtualAddress(int number, String on) {
        IpAddress address =
                switch (family) {
                    case INET -> Ipv4Address.of(10, 0, vrid, number + 1);
                    case INET6 -> new Ipv6Address(0x2001_0db8L << 32, vrid * 0x1000L + number);
                };
        return VirtualAddress.plain(IpPrefix.host(address), on);
    }

    /// One of the routes that its master may own.
    Routing route(int number) {
        return routeTo(Ipv4Address.of(198, 51, 100, vrid * 8 + number), card);
    }

    static Routing routeTo(IpAddress destination, String card) {
        RouteTraits traits =
                RouteTraits.of(
                        RouteTraits.RTN_UNICAST,
                        RouteTraits.RTPROT_KEEPALIVED,
                        RouteTraits.RT_TABLE_MAIN,
                        0);
        RouteSpec.Way way =
                new RouteSpec.Way(
                        Optional.of(card), Optional.empty(), 1, false, Optional.empty(), 0);
        return new RouteSpec(
                IpPrefix.host(destination),
                Optional.empty(),
                traits,
                Optional.empty(),
                List.of(way),
                RouteSpec.Placing.PREPEND,
                true);
    }

    Transport transport(int router, int size) {
        if (!unicast) {
            return Transport.Multicast.usual(family);
        }
        List<Transport.Peer> peers =
                IntStream.range(0, size)
                        .filter(other -> other != router)
                        .mapToObj(other -> new Transport.Peer(address(other), 0, 255))
                        .toList();
        return new Transport.Unicast(peers, 255, true);
    }
}
