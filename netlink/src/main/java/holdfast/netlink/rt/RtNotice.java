package holdfast.netlink.rt;

import holdfast.netlink.Message;
import holdfast.routing.Rule;
import java.util.Optional;

/// What a message of the kernel says: that something is there, or is gone.
public sealed interface RtNotice {

    int RTM_NEWLINK = 16;
    int RTM_DELLINK = 17;
    int RTM_GETLINK = 18;
    int RTM_NEWADDR = 20;
    int RTM_DELADDR = 21;
    int RTM_GETADDR = 22;
    int RTM_NEWROUTE = 24;
    int RTM_DELROUTE = 25;
    int RTM_GETROUTE = 26;
    int RTM_NEWRULE = 32;
    int RTM_DELRULE = 33;
    int RTM_GETRULE = 34;

    boolean present();

    record LinkNotice(Link link, boolean present) implements RtNotice {}

    record AddressNotice(InterfaceAddress address, boolean present) implements RtNotice {}

    record RouteNotice(Route route, boolean present) implements RtNotice {}

    record RuleNotice(Rule rule, boolean present) implements RtNotice {}

    /// Empty for messages of other kinds, and for those that make no sense.
    static Optional<RtNotice> of(Message message) {
        return switch (message.type()) {
            case RTM_NEWLINK, RTM_DELLINK ->
                    LinkCodec.decode(message)
                            .map(link -> new LinkNotice(link, message.type() == RTM_NEWLINK));
            case RTM_NEWADDR, RTM_DELADDR ->
                    AddressCodec.decode(message)
                            .map(found -> new AddressNotice(found, message.type() == RTM_NEWADDR));
            case RTM_NEWROUTE, RTM_DELROUTE ->
                    RouteCodec.decode(message)
                            .map(route -> new RouteNotice(route, message.type() == RTM_NEWROUTE));
            case RTM_NEWRULE, RTM_DELRULE ->
                    RuleCodec.decode(message)
                            .map(rule -> new RuleNotice(rule, message.type() == RTM_NEWRULE));
            default -> Optional.empty();
        };
    }
}
