package holdfast.bfd;

import holdfast.time.MonoTime;
import java.util.ArrayList;
import java.util.List;

/// One event being dealt with: when, and what it leads to.
final class Turn {

    private final MonoTime now;
    private final List<BfdEffect> effects = new ArrayList<>(2);

    Turn(MonoTime now) {
        this.now = now;
    }

    MonoTime now() {
        return now;
    }

    void ask(BfdEffect effect) {
        effects.add(effect);
    }

    List<BfdEffect> effects() {
        return effects;
    }
}
