package holdfast.daemon.balance;

import holdfast.balance.Persistence;
import holdfast.net.Family;
import holdfast.netlink.nft.Expression;
import holdfast.netlink.nft.Fields;
import holdfast.netlink.nft.NftFamily;
import holdfast.netlink.nft.Register;
import java.util.ArrayList;
import java.util.List;

/// The rules of the nftables plane. A rule that finds nothing leaves the packet to the next one.
///
/// Under NAT only the first packet of a connection comes here; connection tracking does the rest.
/// For what is routed directly, [DirectRules] remembers.
final class NatRules {

    /// Places in registers: the client, then what was drawn, then the server with its port, behind
    /// whatever else a rule must know.
    private static final int CLIENT = 0;

    private static final int DRAWN = 9;
    static final int SERVER = 11;

    /// So that two directors send a client to the same server.
    private static final int HASH_SEED = 0x686f6c64;

    private static final int PORT_BYTES = 4;

    /// `IPS_DST_NAT`.
    private static final int DESTINATION_TRANSLATED = 1 << 5;

    private final NftFamily family;
    private final Family addresses;
    private final DirectRules direct;

    NatRules(NftFamily family) {
        this.family = family;
        this.addresses = family == NftFamily.IP6 ? Family.INET6 : Family.INET;
        this.direct = new DirectRules(addresses);
    }

    DirectRules direct() {
        return direct;
    }

    private int addressBytes() {
        return addresses.bits() / 8;
    }

    private int addressPlaces() {
        return addressBytes() / 4;
    }

    /// Looks up `protocol . address . port`.
    List<Expression> exactly(String map) {
        return List.of(
                new Expression.Meta(Expression.MetaKey.L4_PROTOCOL, Register.at(0)),
                destinationAddress(1),
                new Expression.Payload(
                        Expression.Base.TRANSPORT, 2, 2, Register.at(1 + addressPlaces())),
                new Expression.MapLookup(map, 0, Register.at(0), Register.VERDICT));
    }

    /// Looks up `protocol . address`, for services of all ports.
    List<Expression> anyPort(String map) {
        return List.of(
                new Expression.Meta(Expression.MetaKey.L4_PROTOCOL, Register.at(0)),
                destinationAddress(1),
                new Expression.MapLookup(map, 0, Register.at(0), Register.VERDICT));
    }

    List<Expression> byMark(String map) {
        return List.of(
                new Expression.Meta(Expression.MetaKey.MARK, Register.at(0)),
                new Expression.MapLookup(map, 0, Register.at(0), Register.VERDICT));
    }

    /// To the server that the client had before, if it still serves.
    List<Expression> asBefore(NatService service, String sticky, String live) {
        List<Expression> rule = new ArrayList<>(client(service));
        rule.add(new Expression.MapLookup(sticky, 0, Register.at(CLIENT), Register.at(SERVER)));
        rule.add(new Expression.Lookup(live, 0, Register.at(SERVER)));
        rule.add(change(sticky, Expression.SetChange.UPDATE));
        rule.addAll(send(service));
        return rule;
    }

    /// To a server that is drawn, and remembered for the client.
    List<Expression> drawnAndRemembered(
            NatService service, SlotTable table, String slots, String sticky) {
        List<Expression> rule = new ArrayList<>(draw(table, slots));
        rule.addAll(client(service));
        // A server that serves no more: what is remembered would not change otherwise.
        rule.add(change(sticky, Expression.SetChange.DELETE));
        rule.add(change(sticky, Expression.SetChange.UPDATE));
        rule.addAll(send(service));
        return rule;
    }

    /// To a server that is drawn. Also when the memory for clients is full.
    List<Expression> drawn(NatService service, SlotTable table, String slots) {
        List<Expression> rule = new ArrayList<>(draw(table, slots));
        rule.addAll(send(service));
        return rule;
    }

    /// To a server that is drawn, without anything to remember it by.
    List<Expression> drawnAndForgotten(SlotTable table, String slots) {
        List<Expression> rule = new ArrayList<>(draw(table, slots));
        rule.addAll(direct.send());
        return rule;
    }

    /// To whom the packet's connection was sent at first, as [#exactly] and [#anyPort] look it up;
    /// whoever is found leaves in our name.
    List<Expression> masquerade(String set, boolean withPort) {
        List<Expression> rule = new ArrayList<>(translated());
        rule.add(new Expression.Meta(Expression.MetaKey.L4_PROTOCOL, Register.at(0)));
        Expression.CtKey destination =
                addresses == Family.INET6
                        ? Expression.CtKey.FIRST_DESTINATION_INET6
                        : Expression.CtKey.FIRST_DESTINATION_INET;
        rule.add(new Expression.Conntrack(destination, Register.at(1)));
        if (withPort) {
            rule.add(
                    new Expression.Conntrack(
                            Expression.CtKey.FIRST_DESTINATION_PORT,
                            Register.at(1 + addressPlaces())));
        }
        rule.add(new Expression.Lookup(set, 0, Register.at(0)));
        rule.add(new Expression.Masquerade());
        return rule;
    }

    List<Expression> masqueradeByMark(String set) {
        List<Expression> rule = new ArrayList<>(translated());
        rule.add(new Expression.Meta(Expression.MetaKey.MARK, Register.at(0)));
        rule.add(new Expression.Lookup(set, 0, Register.at(0)));
        rule.add(new Expression.Masquerade());
        return rule;
    }

    /// Goes on if the connection's destination is translated.
    private static List<Expression> translated() {
        int status = Register.at(0);
        return List.of(
                new Expression.Conntrack(Expression.CtKey.STATUS, status),
                new Expression.Bitwise(
                        status,
                        status,
                        new Fields().number(DESTINATION_TRANSLATED).octets(),
                        new byte[Integer.BYTES]),
                new Expression.Compare(
                        status, Expression.Comparison.UNEQUAL, new byte[Integer.BYTES]));
    }

    private Expression destinationAddress(int place) {
        int offset = addresses == Family.INET6 ? 24 : 16;
        return payload(offset, addressBytes(), place);
    }

    private Expression sourceAddress(int place) {
        int offset = addresses == Family.INET6 ? 8 : 12;
        return payload(offset, addressBytes(), place);
    }

    private static Expression payload(int offset, int bytes, int place) {
        return new Expression.Payload(Expression.Base.NETWORK, offset, bytes, Register.at(place));
    }

    /// The client's address, cut to what counts as one client.
    private List<Expression> client(NatService service) {
        int everyone = addresses.bits();
        int length = service.service().persistence().map(Persistence::granularity).orElse(everyone);
        Expression load = sourceAddress(CLIENT);
        return length >= everyone
                ? List.of(load)
                : List.of(
                        load,
                        new Expression.Bitwise(
                                Register.at(CLIENT),
                                Register.at(CLIENT),
                                mask(length),
                                new byte[addressBytes()]));
    }

    private byte[] mask(int length) {
        byte[] mask = new byte[addressBytes()];
        for (int bit = 0; bit < length; bit++) {
            mask[bit / 8] |= (byte) (0x80 >>> bit % 8);
        }
        return mask;
    }

    private List<Expression> draw(SlotTable table, String slots) {
        int count = table.slots().size();
        List<Expression> rule = new ArrayList<>();
        switch (table.draw()) {
            case IN_TURN -> rule.add(number(Expression.Counting.IN_TURN, count));
            case AT_RANDOM -> rule.add(number(Expression.Counting.AT_RANDOM, count));
            case BY_SOURCE -> {
                rule.add(sourceAddress(CLIENT));
                rule.add(hash(addressBytes(), count));
            }
            case BY_SOURCE_AND_PORT -> {
                rule.add(sourceAddress(CLIENT));
                rule.add(
                        new Expression.Payload(
                                Expression.Base.TRANSPORT,
                                0,
                                2,
                                Register.at(CLIENT + addressPlaces())));
                rule.add(hash(addressBytes() + PORT_BYTES, count));
            }
        }
        rule.add(new Expression.MapLookup(slots, 0, Register.at(DRAWN), Register.at(SERVER)));
        return rule;
    }

    private static Expression number(Expression.Counting counting, int count) {
        return new Expression.NextNumber(counting, count, Register.at(DRAWN));
    }

    private static Expression hash(int bytes, int count) {
        return new Expression.JenkinsHash(
                Register.at(CLIENT), bytes, count, HASH_SEED, Register.at(DRAWN));
    }

    private static Expression change(String sticky, Expression.SetChange change) {
        return new Expression.ChangeMap(
                sticky, 0, change, Register.at(CLIENT), Register.at(SERVER));
    }

    /// To the server that was found.
    private List<Expression> send(NatService service) {
        if (service.isDirect()) {
            return direct.rememberAndSend(service.key());
        }
        int port = service.translatesPorts() ? Register.at(SERVER + addressPlaces()) : 0;
        return List.of(
                new Expression.Nat(
                        Expression.Translation.DESTINATION, family, Register.at(SERVER), port));
    }
}
