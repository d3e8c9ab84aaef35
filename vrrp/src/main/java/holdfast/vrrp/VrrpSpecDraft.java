package holdfast.vrrp;

import holdfast.net.Family;
import holdfast.net.IpAddress;
import java.util.List;
import java.util.Optional;

/// A [VrrpSpec] while it is being written or changed, part by part. For one thread.
public final class VrrpSpecDraft {

    private String name;
    private int vrid;
    private Version version;
    private Family family;
    private Place place;
    private Transport transport;
    private Optional<IpAddress> source;
    private Election election;
    private Timing timing;
    private Authentication authentication;
    private List<VirtualAddress> addresses;
    private List<VirtualAddress> excluded;
    private boolean accept;
    private List<Routing> routing;
    private boolean skipAddressCheck;
    private boolean promoteSecondaries;
    private Announcing announcing;
    private Tracking tracking;
    private Notifying notifying;
    private Conduct conduct;

    /// A plain router: version 3, IPv4, multicast from `interfaceName`, priority 100, adverts each
    /// second, no address yet.
    public static VrrpSpecDraft plain(String name, int vrid, String interfaceName) {
        return new VrrpSpecDraft(
                new VrrpSpec(
                        name,
                        vrid,
                        Version.V3,
                        Family.INET,
                        Place.on(interfaceName),
                        Transport.Multicast.usual(Family.INET),
                        Optional.empty(),
                        Election.of(100),
                        Timing.DEFAULT,
                        new Authentication.None(),
                        List.of(),
                        List.of(),
                        true,
                        List.of(),
                        false,
                        false,
                        Announcing.DEFAULT,
                        Tracking.PRIMARY,
                        Notifying.NOBODY,
                        Conduct.USUAL));
    }

    VrrpSpecDraft(VrrpSpec from) {
        name = from.name();
        vrid = from.vrid();
        version = from.version();
        family = from.family();
        place = from.place();
        transport = from.transport();
        source = from.source();
        election = from.election();
        timing = from.timing();
        authentication = from.authentication();
        addresses = from.addresses();
        excluded = from.excluded();
        accept = from.accept();
        routing = from.routing();
        skipAddressCheck = from.skipAddressCheck();
        promoteSecondaries = from.promoteSecondaries();
        announcing = from.announcing();
        tracking = from.tracking();
        notifying = from.notifying();
        conduct = from.conduct();
    }

    public VrrpSpec done() {
        return new VrrpSpec(
                name,
                vrid,
                version,
                family,
                place,
                transport,
                source,
                election,
                timing,
                authentication,
                addresses,
                excluded,
                accept,
                routing,
                skipAddressCheck,
                promoteSecondaries,
                announcing,
                tracking,
                notifying,
                conduct);
    }

    public VrrpSpecDraft name(String other) {
        name = other;
        return this;
    }

    public VrrpSpecDraft vrid(int other) {
        vrid = other;
        return this;
    }

    public VrrpSpecDraft version(Version other) {
        version = other;
        return this;
    }

    public VrrpSpecDraft family(Family other) {
        family = other;
        return this;
    }

    public VrrpSpecDraft place(Place other) {
        place = other;
        return this;
    }

    public VrrpSpecDraft transport(Transport other) {
        transport = other;
        return this;
    }

    public VrrpSpecDraft source(Optional<IpAddress> other) {
        source = other;
        return this;
    }

    public VrrpSpecDraft election(Election other) {
        election = other;
        return this;
    }

    public VrrpSpecDraft timing(Timing other) {
        timing = other;
        return this;
    }

    public VrrpSpecDraft authentication(Authentication other) {
        authentication = other;
        return this;
    }

    public VrrpSpecDraft addresses(List<VirtualAddress> other) {
        addresses = other;
        return this;
    }

    public VrrpSpecDraft excluded(List<VirtualAddress> other) {
        excluded = other;
        return this;
    }

    public VrrpSpecDraft accept(boolean other) {
        accept = other;
        return this;
    }

    public VrrpSpecDraft routing(List<Routing> other) {
        routing = other;
        return this;
    }

    public VrrpSpecDraft skipAddressCheck(boolean other) {
        skipAddressCheck = other;
        return this;
    }

    public VrrpSpecDraft promoteSecondaries(boolean other) {
        promoteSecondaries = other;
        return this;
    }

    public VrrpSpecDraft announcing(Announcing other) {
        announcing = other;
        return this;
    }

    public VrrpSpecDraft tracking(Tracking other) {
        tracking = other;
        return this;
    }

    public VrrpSpecDraft notifying(Notifying other) {
        notifying = other;
        return this;
    }

    public VrrpSpecDraft conduct(Conduct other) {
        conduct = other;
        return this;
    }
}
