package holdfast.daemon.firewall;

import holdfast.config.FirewallSpec;
import holdfast.daemon.Level;
import holdfast.daemon.Reporter;
import holdfast.daemon.firewall.FirewallTable.Member;
import holdfast.daemon.kernel.NetlinkExchange;
import holdfast.linux.NetlinkSocket;
import holdfast.linux.SyscallException;
import holdfast.net.Family;
import holdfast.net.IpAddress;
import holdfast.netlink.Reply;
import holdfast.netlink.nft.NftBatch;
import holdfast.netlink.nft.NftFamily;
import holdfast.vrrp.VirtualAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/// Drops what goes to addresses that their master does not accept, and what comes from them; and
/// what should not leave under a virtual MAC address.
///
/// What is asked for is gathered until it is carried out, so that however many routers change
/// their role at once, there is one transaction a family. Nothing is opened before it is needed.
/// Where somebody took our table away, it is made again with the next change.
///
/// Confined to the loop's thread.
public final class Firewall implements AutoCloseable {

    /// An address that shall be blocked.
    ///
    /// @param interfaceName where, if it means something on its link only; empty otherwise
    private record Place(IpAddress address, String interfaceName) {

        static Place of(VirtualAddress address) {
            boolean onLink =
                    address.address().family() == Family.INET6 && address.address().isLinkLocal();
            return new Place(address.address(), onLink ? address.interfaceName() : "");
        }
    }

    /// The table of one family, and what is in it.
    private static final class Held {
        private final FirewallTable table;

        /// How many routers want a place blocked; absent means none.
        private final Map<Place, Integer> blockers = new LinkedHashMap<>();

        /// What the kernel was made to hold.
        private final Map<Place, Member> members = new LinkedHashMap<>();

        private final Set<Place> coming = new LinkedHashSet<>();
        private final Set<Place> going = new LinkedHashSet<>();

        /// Those that carry the family.
        private List<Macvlan> macvlans = List.of();

        /// Whether addresses are blocked, or may be later.
        private boolean blocking;

        private boolean made;

        private Held(FirewallTable table) {
            this.table = table;
        }
    }

    private final Reporter reporter;
    private final ToIntFunction<String> indexOf;
    private final Map<NftFamily, Held> tables = new EnumMap<>(NftFamily.class);
    private FirewallSpec spec;
    private @Nullable NetlinkExchange exchange;

    /// What could not be done last; said once.
    private String complaint = "";

    /// @param indexOf the index of an interface, 0 when it is not there
    public Firewall(Reporter reporter, FirewallSpec spec, ToIntFunction<String> indexOf) {
        this.reporter = reporter;
        this.spec = spec;
        this.indexOf = indexOf;
    }

    /// Makes the table of a family ready for what will come; removes what a predecessor left in it.
    public void prepare(Family family) {
        Held held = held(family);
        if (!held.blocking) {
            held.blocking = true;
            make(nft(family), held);
        }
    }

    /// Follows the interfaces with virtual MAC addresses; nothing happens where they are as before.
    public void follow(List<Macvlan> macvlans) {
        for (Family family : Family.values()) {
            List<Macvlan> carrying =
                    macvlans.stream()
                            .filter(one -> family == Family.INET ? one.inet() : one.inet6())
                            .toList();
            Held held = tables.get(nft(family));
            if (held == null ? !carrying.isEmpty() : !carrying.equals(held.macvlans)) {
                Held present = held(family);
                present.macvlans = carrying;
                make(nft(family), present);
            }
        }
    }

    /// Follows other orders; what is blocked stays so.
    public void respecify(FirewallSpec next) {
        if (next.equals(spec)) {
            return;
        }
        Map<NftFamily, Held> old = new EnumMap<>(tables);
        removeTables();
        spec = next;
        tables.clear();
        for (Map.Entry<NftFamily, Held> entry : old.entrySet()) {
            Held held = new Held(new FirewallTable(entry.getKey(), spec));
            held.blockers.putAll(entry.getValue().blockers);
            held.macvlans = entry.getValue().macvlans;
            held.blocking = entry.getValue().blocking;
            tables.put(entry.getKey(), held);
            make(entry.getKey(), held);
        }
    }

    /// Wants these blocked; takes effect with [#commitBlocks].
    public void block(List<VirtualAddress> addresses) {
        for (VirtualAddress address : addresses) {
            prepare(address.address().family());
            Held held = held(address.address().family());
            Place place = Place.of(address);
            if (held.blockers.merge(place, 1, Integer::sum) == 1 && !held.going.remove(place)) {
                held.coming.add(place);
            }
        }
    }

    /// Wants these blocked no more; takes effect with [#commitReleases].
    public void unblock(List<VirtualAddress> addresses) {
        for (VirtualAddress address : addresses) {
            Held held = held(address.address().family());
            Place place = Place.of(address);
            Integer count = held.blockers.get(place);
            if (count != null && count > 1) {
                held.blockers.put(place, count - 1);
            } else if (count != null) {
                held.blockers.remove(place);
                if (!held.coming.remove(place)) {
                    held.going.add(place);
                }
            }
        }
    }

    /// An interface is there, perhaps with another index than before.
    public void onLink(String name) {
        Held held = tables.get(NftFamily.IP6);
        if (held == null || !spec.byIndex()) {
            return;
        }
        for (Place place : held.blockers.keySet()) {
            if (place.interfaceName().equals(name) && !isHeldAsItIs(held, place)) {
                held.going.add(place);
                held.coming.add(place);
            }
        }
        commitReleases();
        commitBlocks();
    }

    private boolean isHeldAsItIs(Held held, Place place) {
        Member before = held.members.get(place);
        return before != null
                && before.element().keyText().equals(member(held, place).element().keyText());
    }

    /// Whether there is nothing to carry out.
    public boolean isIdle() {
        for (Held held : tables.values()) {
            if (!held.coming.isEmpty() || !held.going.isEmpty()) {
                return false;
            }
        }
        return true;
    }

    public void commitBlocks() {
        for (Map.Entry<NftFamily, Held> entry : tables.entrySet()) {
            Held held = entry.getValue();
            if (!held.coming.isEmpty()) {
                List<Member> members = enter(held, held.coming);
                held.coming.clear();
                change(entry.getKey(), held, batch -> held.table.add(batch, members));
            }
        }
    }

    public void commitReleases() {
        for (Map.Entry<NftFamily, Held> entry : tables.entrySet()) {
            Held held = entry.getValue();
            if (!held.going.isEmpty()) {
                List<Member> members = new ArrayList<>();
                for (Place place : held.going) {
                    Member member = held.members.remove(place);
                    if (member != null) {
                        members.add(member);
                    }
                }
                held.going.clear();
                change(entry.getKey(), held, batch -> held.table.remove(batch, members));
            }
        }
    }

    /// Notes how places are held from now on. One whose interface is missing is passed over, until
    /// [#onLink] says that it is there.
    private List<Member> enter(Held held, Collection<Place> places) {
        List<Member> members = new ArrayList<>();
        for (Place place : places) {
            String name = place.interfaceName();
            if (!spec.byIndex() || name.isEmpty() || indexOf.applyAsInt(name) != 0) {
                Member member = member(held, place);
                held.members.put(place, member);
                members.add(member);
            }
        }
        return members;
    }

    private Member member(Held held, Place place) {
        String name = place.interfaceName();
        return name.isEmpty()
                ? FirewallTable.anywhere(place.address())
                : held.table.onLink(place.address(), name, indexOf.applyAsInt(name));
    }

    /// One transaction; if it is refused, all tables anew: whoever took one away, by flushing all
    /// rules, took the other too.
    private void change(NftFamily family, Held held, Consumer<NftBatch> change) {
        if (!held.made || transact(family, change).isPresent()) {
            tables.forEach(this::make);
        }
    }

    private void make(NftFamily family, Held held) {
        held.coming.clear();
        held.going.clear();
        held.members.clear();
        List<Member> members = enter(held, held.blockers.keySet());
        Optional<String> refusal =
                transact(
                        family,
                        batch -> held.table.make(batch, held.macvlans, held.blocking, members));
        held.made = refusal.isEmpty();
        if (refusal.isPresent() && !refusal.get().equals(complaint)) {
            reporter.log(
                    Level.WARNING, "Cannot filter packets of virtual routers: " + refusal.get());
        }
        complaint = refusal.orElse("");
    }

    /// Carries out a transaction; says what is wrong if it is refused.
    private Optional<String> transact(NftFamily family, Consumer<NftBatch> changes) {
        return send(
                family,
                batch -> {
                    changes.accept(batch);
                    return batch.commit();
                });
    }

    /// What goes into a batch, ended; says which message is answered last.
    private interface Transaction {
        int write(NftBatch batch);
    }

    private Optional<String> send(NftFamily family, Transaction transaction) {
        try {
            NetlinkExchange kernel = kernel();
            NftBatch batch =
                    new NftBatch(kernel.out(), family, spec.table(), kernel.nextSequence());
            int last = transaction.write(batch);
            kernel.skipTo(batch.sequence());
            List<Reply.Refused> refused = kernel.send(last);
            return refused.isEmpty()
                    ? Optional.empty()
                    : Optional.of(NetlinkExchange.words(refused.getFirst()));
        } catch (SyscallException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    private NetlinkExchange kernel() throws SyscallException {
        NetlinkExchange open = exchange;
        if (open == null) {
            open = new NetlinkExchange(NetlinkSocket.Protocol.NETFILTER);
            exchange = open;
        }
        return open;
    }

    private Held held(Family family) {
        return tables.computeIfAbsent(nft(family), key -> new Held(new FirewallTable(key, spec)));
    }

    private static NftFamily nft(Family family) {
        return switch (family) {
            case INET -> NftFamily.IP;
            case INET6 -> NftFamily.IP6;
        };
    }

    private void removeTables() {
        for (Map.Entry<NftFamily, Held> entry : tables.entrySet()) {
            if (entry.getValue().made) {
                send(
                        entry.getKey(),
                        batch -> {
                            batch.addTable();
                            int last = batch.sequence();
                            batch.deleteTable();
                            batch.end();
                            return last;
                        });
            }
        }
    }

    /// Removes all that is ours.
    @Override
    public void close() {
        removeTables();
        if (exchange != null) {
            exchange.close();
        }
    }
}
