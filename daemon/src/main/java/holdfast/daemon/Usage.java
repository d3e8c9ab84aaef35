package holdfast.daemon;

/// What the program says about itself.
final class Usage {

    /// The version of the program.
    static final String VERSION = "0.1.0";

    private Usage() {}

    static String version() {
        return "Holdfast "
                + VERSION
                + "\nRunning on "
                + System.getProperty("os.name")
                + " "
                + System.getProperty("os.version")
                + ", Java "
                + System.getProperty("java.version")
                + "\nUnderstands the configuration language of Keepalived 2.4.3";
    }

    static String help() {
        return """
                Usage: holdfast [OPTION...]
                       holdfast release [OPTION...]   Withdraw what a killed daemon left behind
                  -f, --use-file=FILE          Configuration file
                                                (default /etc/keepalived/keepalived.conf)
                  -P, --vrrp                   Run virtual routers only
                  -C, --check                  Run virtual servers only
                  -B, --no_bfd                 Run without BFD
                      --all                    Start all parts, configured or not
                  -l, --log-console            Log to the console too
                  -D, --log-detail             Log more; twice for still more
                  -S, --log-facility=FACILITY  0-7, local0-local7, user or daemon (default)
                  -g, --log-file=FILE          Log to a file too
                      --flush-log-file         Write each line to it at once
                  -G, --no-syslog              Do not log to syslog
                  -u, --umask=MASK             Mask for the modes of new files
                  -X, --release-vips           Withdraw addresses at a transition by signal
                  -V, --dont-release-vrrp      Leave addresses in place at stop
                  -I, --dont-release-ipvs      Leave virtual servers in place at stop
                  -R, --dont-respawn           Do not restart a process that failed
                  -n, --dont-fork              Stay in the foreground
                  -d, --dump-conf              Log the configuration as it was understood
                  -p, --pid=FILE               Pid file of the main process
                  -r, --vrrp_pid=FILE          Pid file of the virtual routers
                  -c, --checkers_pid=FILE      Pid file of the virtual servers
                  -b, --bfd_pid=FILE           Pid file of BFD
                  -T, --genhash                Be genhash
                  -a, --address-monitoring     Log all changes of addresses
                  -x, --snmp                   Enable SNMP
                  -A, --snmp-agent-socket=FILE Socket of the SNMP master agent
                  -s, --namespace=NAME         Run in this network namespace
                  -m, --core-dump              Allow core dumps
                  -M, --core-dump-pattern=P    And set their pattern
                  -e, --all-config             A missing included file is an error
                  -i, --config-id=ID           Which lines marked with @ID count
                                                (default: the host name up to the first dot)
                      --ignore-sigint          Ctrl-C does not stop the daemon
                      --signum=WHAT            Print the number of the signal for STOP, RELOAD,
                                                DATA, STATS, STATS_CLEAR, JSON or TDUMP
                  -t, --config-test[=FILE]     Check the configuration; complaints go to FILE
                  -v, --version                Print the version
                  -h, --help                   Print this""";
    }
}
