package holdfast.daemon.balance;

import holdfast.linux.EventLoop;
import holdfast.probe.Outcome;
import holdfast.time.MonoTime;
import java.util.Optional;

/// A check that is being made. Confined to the loop's thread.
///
/// Whoever moves it asks for [#outcome] afterwards.
interface Check extends EventLoop.Source, AutoCloseable {

    /// When it next wants [#onDeadline].
    MonoTime deadline();

    void onDeadline(MonoTime now);

    /// What it came to; empty while it lasts. Then it holds no descriptors any more.
    Optional<Outcome> outcome();

    /// Nobody waits for it any more. False when it still needs time to end.
    boolean abandon(MonoTime now);

    /// Ends it at once.
    @Override
    void close();
}
