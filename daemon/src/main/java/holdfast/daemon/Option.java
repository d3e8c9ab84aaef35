package holdfast.daemon;

/// Everything that may stand on the command line, as getopt_long(3) knows it.
enum Option {
    USE_FILE('f', "use-file", Argument.NEEDED),
    VRRP('P', "vrrp", Argument.NONE),
    CHECK('C', "check", Argument.NONE),
    NO_BFD('B', "no_bfd", Argument.NONE),
    ALL(Option.NO_LETTER, "all", Argument.NONE),
    LOG_CONSOLE('l', "log-console", Argument.NONE),
    LOG_DETAIL('D', "log-detail", Argument.NONE),
    LOG_FACILITY('S', "log-facility", Argument.NEEDED),
    LOG_FILE('g', "log-file", Argument.WELCOME),
    FLUSH_LOG_FILE(Option.NO_LETTER, "flush-log-file", Argument.NONE),
    NO_SYSLOG('G', "no-syslog", Argument.NONE),
    UMASK('u', "umask", Argument.NEEDED),
    RELEASE_VIPS('X', "release-vips", Argument.NONE),
    DONT_RELEASE_VRRP('V', "dont-release-vrrp", Argument.NONE),
    DONT_RELEASE_IPVS('I', "dont-release-ipvs", Argument.NONE),
    DONT_RESPAWN('R', "dont-respawn", Argument.NONE),
    DONT_FORK('n', "dont-fork", Argument.NONE),
    DUMP_CONF('d', "dump-conf", Argument.NONE),
    PID('p', "pid", Argument.NEEDED),
    VRRP_PID('r', "vrrp_pid", Argument.NEEDED),
    CHECKERS_PID('c', "checkers_pid", Argument.NEEDED),
    BFD_PID('b', "bfd_pid", Argument.NEEDED),
    GENHASH('T', "genhash", Argument.NONE),
    ADDRESS_MONITORING('a', "address-monitoring", Argument.NONE),
    SNMP('x', "snmp", Argument.NONE),
    SNMP_AGENT_SOCKET('A', "snmp-agent-socket", Argument.NEEDED),
    NAMESPACE('s', "namespace", Argument.NEEDED),
    CORE_DUMP('m', "core-dump", Argument.NONE),
    CORE_DUMP_PATTERN('M', "core-dump-pattern", Argument.ATTACHED),
    ALL_CONFIG('e', "all-config", Argument.NONE),
    CONFIG_ID('i', "config-id", Argument.NEEDED),
    IGNORE_SIGINT(Option.NO_LETTER, "ignore-sigint", Argument.NONE),
    SIGNUM(Option.NO_LETTER, "signum", Argument.NEEDED),
    CONFIG_TEST('t', "config-test", Argument.ATTACHED),
    CONFIG_FD(Option.NO_LETTER, "config-fd", Argument.NEEDED),
    PERF(Option.NO_LETTER, "perf", Argument.ATTACHED),
    DEBUG(Option.NO_LETTER, "debug", Argument.ATTACHED),
    NO_MEM_CHECK(Option.NO_LETTER, "no-mem-check", Argument.NONE),
    MEM_CHECK_LOG('L', "mem-check-log", Argument.NONE),
    OPENSSL_MEM_CHECK(Option.NO_LETTER, "openssl-mem-check", Argument.NONE),
    VERSION('v', "version", Argument.NONE),
    HELP('h', "help", Argument.NONE),

    /// Ours alone, and not for people: the descriptor on which a background start says how it went.
    READY_FD(Option.NO_LETTER, "ready-fd", Argument.NEEDED);

    /// Whether an option has an argument.
    enum Argument {
        NONE,
        NEEDED,
        /// Only in the same word: `-tFILE`, `--config-test=FILE`.
        ATTACHED,
        /// In the same word, or the next one if that is no option.
        WELCOME
    }

    private static final char NO_LETTER = 0;

    private final char letter;
    private final String word;
    private final Argument argument;

    Option(char letter, String word, Argument argument) {
        this.letter = letter;
        this.word = word;
        this.argument = argument;
    }

    char letter() {
        return letter;
    }

    String word() {
        return word;
    }

    Argument argument() {
        return argument;
    }
}
