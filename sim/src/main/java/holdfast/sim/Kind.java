package holdfast.sim;

import holdfast.sim.pools.PoolLaw;
import holdfast.sim.pools.PoolMisfortune;
import holdfast.sim.pools.PoolStory;
import holdfast.sim.sessions.SessionLaw;
import holdfast.sim.sessions.SessionMisfortune;
import holdfast.sim.sessions.SessionStory;
import java.util.List;
import java.util.function.Consumer;

/// What a seed can tell a story of.
enum Kind {
    /// Virtual routers on a network.
    CLUSTERS {
        @Override
        List<? extends Rule> rules() {
            return List.of(Law.values());
        }

        @Override
        List<? extends Enum<?>> misfortunes() {
            return List.of(Misfortune.values());
        }

        @Override
        void run(Play play, Coverage coverage, boolean traced, Consumer<String> trace) {
            Scenario.run(play, coverage, traced, trace);
        }
    },
    /// Pools of servers that come and go.
    POOLS {
        @Override
        List<? extends Rule> rules() {
            return List.of(PoolLaw.values());
        }

        @Override
        List<? extends Enum<?>> misfortunes() {
            return List.of(PoolMisfortune.values());
        }

        @Override
        void run(Play play, Coverage coverage, boolean traced, Consumer<String> trace) {
            PoolStory.run(play, coverage, traced, trace);
        }
    },
    /// BFD sessions between two hosts.
    SESSIONS {
        @Override
        List<? extends Rule> rules() {
            return List.of(SessionLaw.values());
        }

        @Override
        List<? extends Enum<?>> misfortunes() {
            return List.of(SessionMisfortune.values());
        }

        @Override
        void run(Play play, Coverage coverage, boolean traced, Consumer<String> trace) {
            SessionStory.run(play, coverage, traced, trace);
        }
    };

    /// The argument that asks for it; empty for what is played unasked.
    String option() {
        return switch (this) {
            case CLUSTERS -> "";
            case POOLS -> "--pools ";
            case SESSIONS -> "--bfd ";
        };
    }

    /// Plays it; throws a [Violation] when a rule is broken.
    abstract void run(Play play, Coverage coverage, boolean traced, Consumer<String> trace);

    abstract List<? extends Rule> rules();

    abstract List<? extends Enum<?>> misfortunes();
}
