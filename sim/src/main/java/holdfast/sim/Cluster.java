package holdfast.sim;

import holdfast.net.Family;
import holdfast.net.IpPrefix;
import holdfast.vrrp.NodeSpec;
import java.util.ArrayList;
import java.util.List;

/// The orders of routers that belong together, and what their administrators make of them.
///
/// Everything is drawn from few values, so that ties and collisions are common.
final class Cluster {

    /// The interfaces with other routers behind them, and one that is only watched.
    static final String FIRST = "eth0";

    static final String SECOND = "eth1";
    static final String OTHER = "eth2";
    static final List<String> CARDS = List.of(FIRST, SECOND, OTHER);
    static final List<String> SCRIPTS = List.of("probe", "check");
    static final String FILE = "number";
    static final String PROCESS = "daemon";

    private static final int VRID_MAX = 4;

    private final List<Agreement> agreements = new ArrayList<>();
    private final List<Desk> desks = new ArrayList<>();
    private final List<Integer> grouping;

    Cluster(Chance chance) {
        int size = chance.anyOf(List.of(2, 3, 3, 4, 5));
        int count = 1 + chance.below(VRID_MAX - 1);
        for (int vrid = 1; vrid <= count; vrid++) {
            agreements.add(Agreement.from(chance, vrid));
        }
        grouping = someGrouping(chance);
        for (int router = 0; router < size; router++) {
            Desk desk = new Desk(chance, router, agreements);
            desk.grouping = grouping;
            desks.add(desk);
        }
        for (int number = 0; number < count; number++) {
            if (chance.oneIn(5)) {
                part(chance.below(size), number).owner = true;
            }
        }
        unite();
    }

    int size() {
        return desks.size();
    }

    List<IpPrefix> ownAddresses(int router, String card) {
        return List.of(
                new IpPrefix(Agreement.ownAddress(card, Family.INET, router), 24),
                new IpPrefix(Agreement.ownAddress(card, Family.INET6, router), 64));
    }

    NodeSpec orders(int router) {
        return desks.get(router).orders(agreements, size());
    }

    // What administrators do.

    /// One of them changes something at one router.
    void change(Chance chance, int router) {
        Desk desk = desks.get(router);
        int number = chance.below(agreements.size());
        Part part = desk.parts.get(number);
        Agreement agreement = agreements.get(number);
        switch (chance.below(13)) {
            case 0, 1 -> part.prioritize(chance);
            case 2 -> part.elect(chance);
            case 3, 4 -> part.readdress(chance, agreement);
            case 5 -> part.time(chance, agreement);
            case 6 -> part.track(chance);
            case 7 -> part.announce(chance);
            case 8 -> part.present = !part.present;
            case 9 -> part.name = part.name.startsWith("vi") ? "x" + number : "vi" + (number + 1);
            case 10 -> desk.grouping = someGrouping(chance);
            case 11 -> part.reroute(chance, agreement);
            default -> desk.change(chance);
        }
    }

    /// All of them agree about something else; their routers have yet to be told.
    void changeForAll(Chance chance) {
        int number = chance.below(agreements.size());
        agreements.set(number, agreements.get(number).changed(chance));
        if (chance.oneIn(3)) {
            part(chance.below(size()), number).owner ^= true;
        }
    }

    /// They come to agree about all that they must agree about, lest the calm be impossible.
    void reconcile(Chance chance) {
        for (Desk desk : desks) {
            desk.grouping = grouping;
            desk.groupTracking = desks.getFirst().groupTracking;
        }
        for (int number = 0; number < agreements.size(); number++) {
            boolean owned = false;
            for (Desk desk : desks) {
                Part part = desk.parts.get(number);
                part.owner &= !owned;
                owned |= part.owner;
            }
        }
        unite();
        for (int number = 0; number < agreements.size(); number++) {
            if (chance.oneIn(2)) {
                part(chance.below(size()), number).present = true;
            }
        }
        unite();
    }

    /// Members of a group differ in nothing that decides who is master.
    private void unite() {
        for (Desk desk : desks) {
            for (int number = 0; number < agreements.size(); number++) {
                int group = grouping.get(number);
                if (group > 0) {
                    desk.parts.get(number).agreeWith(desk.parts.get(grouping.indexOf(group)));
                }
            }
        }
    }

    private Part part(int router, int number) {
        return desks.get(router).parts.get(number);
    }

    private List<Integer> someGrouping(Chance chance) {
        List<Integer> some = new ArrayList<>();
        boolean grouped = chance.oneIn(2);
        agreements.forEach(_ -> some.add(grouped ? chance.below(3) : 0));
        some.replaceAll(group -> Math.min(group, agreements.size()));
        return List.copyOf(some);
    }

    @Override
    public String toString() {
        return size() + " routers, " + agreements + ", groups " + grouping;
    }
}
