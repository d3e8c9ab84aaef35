package holdfast.daemon;

/// Numbers of the signals that the daemon understands, as Linux and glibc count them.
final class SignalNumbers {

    static final int HUP = 1;
    static final int INT = 2;
    static final int KILL = 9;
    static final int USR1 = 10;
    static final int USR2 = 12;
    static final int TERM = 15;
    static final int CHLD = 17;

    /// SIGRTMIN+2.
    static final int JSON = 36;

    /// SIGRTMAX-1.
    static final int STATS_CLEAR = 63;

    static final int RTMAX = 64;

    private SignalNumbers() {}
}
