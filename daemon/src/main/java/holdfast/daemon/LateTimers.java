package holdfast.daemon;

import holdfast.config.GlobalSpec.ProcessSpec;
import holdfast.linux.EventLoop;
import holdfast.linux.Scheduling;
import java.io.IOException;
import java.time.Duration;

/// Makes the process more urgent, a step each time its timers run late, up to a ceiling
/// (`max_auto_priority`). Confined to the thread of the loop that it listens to.
public final class LateTimers implements EventLoop.Late {

    /// How urgency is taken on.
    interface Step {
        void take(int priority) throws IOException;
    }

    /// One step for the loop's thread, and one below it for the others.
    private static final int LOWEST = 2;

    private final int ceiling;
    private final Reporter reporter;
    private final Step step;
    private int priority;
    private boolean hinted;

    public LateTimers(ProcessSpec spec, Reporter reporter) {
        this(spec, reporter, Scheduling::realTime);
    }

    LateTimers(ProcessSpec spec, Reporter reporter, Step step) {
        this.ceiling = spec.urgency().ceiling();
        this.reporter = reporter;
        this.step = step;
        this.priority = spec.realTimePriority().orElse(0);
    }

    @Override
    public void onLate(Duration lateness) {
        if (ceiling > 0 && priority < ceiling) {
            priority = Math.min(ceiling, Math.max(LOWEST, priority + 1));
            raise(lateness);
        } else if (ceiling == 0 && !hinted) {
            hinted = true;
            reporter.log(
                    Level.WARNING,
                    "Timers run late by "
                            + lateness.toMillis()
                            + " ms: the host is too busy; a real-time priority or"
                            + " max_auto_priority may help");
        }
    }

    private void raise(Duration lateness) {
        String because = "Timers run late by " + lateness.toMillis() + " ms: ";
        try {
            step.take(priority);
            reporter.log(Level.NOTICE, because + "real-time priority " + priority + " from now on");
        } catch (IOException e) {
            reporter.log(Level.WARNING, because + "goes on without: " + e.getMessage());
        }
    }
}
