package holdfast.sim.sessions;

import holdfast.bfd.Authentication;
import holdfast.bfd.AuthenticationKey;
import holdfast.bfd.BfdSpec;
import holdfast.bfd.Conduct;
import holdfast.bfd.Path;
import holdfast.bfd.SessionSpec;
import holdfast.bfd.Timers;
import holdfast.net.IpAddress;
import holdfast.sim.Chance;
import holdfast.wire.Secret;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// What one side is told to do: a session, by chance.
final class Orders {

    static final String NAME = "s";

    private static final List<Integer> INTERVALS = List.of(50, 50, 100, 300, 1_000, 3_000);
    private static final List<Integer> IDLE = List.of(1_000, 1_000, 2_000);
    private static final List<Integer> MULTIPLIERS = List.of(1, 2, 3, 3, 5);
    private static final AuthenticationKey ONE = key(1);
    private static final AuthenticationKey TWO = key(2);
    private static final List<List<AuthenticationKey>> KEYS =
            List.of(List.of(ONE), List.of(ONE, TWO), List.of(TWO, ONE), List.of(TWO));

    private final Chance chance;
    private final IpAddress neighbour;
    private final boolean multihop;
    private final int protection;
    private final Conduct conduct;
    private final boolean passive;
    private Timers timers;
    private List<AuthenticationKey> keys = List.of(ONE);

    /// @param protection 0 for none, 1 for keyed, 2 for meticulous keyed SHA-1
    Orders(Chance chance, IpAddress neighbour, boolean multihop, int protection, boolean passive) {
        this.chance = chance;
        this.neighbour = neighbour;
        this.multihop = multihop;
        this.protection = protection;
        this.passive = passive;
        this.conduct = new Conduct(chance.oneIn(3), chance.oneIn(2), chance.oneIn(2));
        this.timers = draw();
    }

    private static AuthenticationKey key(int id) {
        return new AuthenticationKey(id, new Secret(new byte[] {(byte) id, 7}));
    }

    private Timers draw() {
        return new Timers(
                millis(INTERVALS), millis(INTERVALS), millis(IDLE), chance.anyOf(MULTIPLIERS));
    }

    private Duration millis(List<Integer> choices) {
        return Duration.ofMillis(chance.anyOf(choices));
    }

    void changeTimers() {
        timers = draw();
    }

    void changeKeys() {
        keys = chance.anyOf(KEYS);
    }

    /// Keys that the other side has, too.
    void agree() {
        keys = List.of(ONE);
    }

    boolean isAuthenticated() {
        return protection > 0;
    }

    boolean isMeticulous() {
        return protection == 2;
    }

    boolean isPassive() {
        return passive;
    }

    Conduct conduct() {
        return conduct;
    }

    Timers timers() {
        return timers;
    }

    BfdSpec spec() {
        Path way = new Path(neighbour, Optional.empty(), multihop, Path.TTL_MAX, 0);
        Authentication authentication =
                isAuthenticated()
                        ? new Authentication.KeyedSha1(keys, keys.getFirst().id(), isMeticulous())
                        : new Authentication.None();
        return new BfdSpec(
                List.of(new SessionSpec(NAME, way, timers, passive, authentication)), conduct);
    }

    BfdSpec nothing() {
        return new BfdSpec(List.of(), conduct);
    }
}
