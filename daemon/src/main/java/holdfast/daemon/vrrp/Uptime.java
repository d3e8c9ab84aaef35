package holdfast.daemon.vrrp;

import holdfast.vrrp.Hearing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/// How long the host has been up, times of sleep included.
final class Uptime {

    private static final Path FILE = Path.of("/proc/uptime");

    private Uptime() {}

    /// Asks the kernel only if somebody wants to know. A host that does not say counts as one that
    /// was started just now, which is the careful guess.
    static Duration ofHost(Hearing hearing) {
        if (hearing.delayAfterBoot().isZero()) {
            return Duration.ZERO;
        }
        try {
            return read(Files.readString(FILE));
        } catch (IOException | NumberFormatException _) {
            return Duration.ZERO;
        }
    }

    /// The first of the two numbers of seconds in the file (proc_uptime(5)).
    static Duration read(String text) {
        String seconds = text.substring(0, text.indexOf(' '));
        int point = seconds.indexOf('.');
        long whole = Long.parseLong(seconds.substring(0, point));
        long hundredths = Long.parseLong(seconds.substring(point + 1));
        return Duration.ofSeconds(whole).plusMillis(hundredths * 10);
    }
}
