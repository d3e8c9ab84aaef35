package holdfast.daemon;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The options while the command line is being read.
final class OptionsDraft {

    int facility = 3 << 3;
    Optional<Integer> umask = Optional.empty();
    Optional<Integer> readyFd = Optional.empty();
    final List<String> remarks = new ArrayList<>();

    private String configFile = Options.DEFAULT_FILE;
    private boolean vrrp = true;
    private boolean checkers = true;
    private boolean bfd = true;
    private boolean console;
    private int detail;
    private Optional<String> logFile = Optional.empty();
    private boolean flush;
    private boolean syslog = true;
    private boolean keepVrrp;
    private boolean keepIpvs;
    private boolean respawn = true;
    private boolean background = true;
    private boolean dumpConfiguration;
    private boolean monitorsAddresses;
    private Options.Cores cores = new Options.Cores(false, Optional.empty());
    private Optional<String> mainPid = Optional.empty();
    private Optional<String> vrrpPid = Optional.empty();
    private Optional<String> checkersPid = Optional.empty();
    private Optional<String> bfdPid = Optional.empty();
    private Optional<String> namespace = Optional.empty();
    private boolean allConfig;
    private Optional<String> configId = Optional.empty();
    private boolean ignoreInterrupt;
    private Optional<Options.ConfigTest> configTest = Optional.empty();

    /// Takes an option whose argument needs no checking.
    void take(Option option, Optional<String> argument) {
        switch (option) {
            case USE_FILE -> configFile = argument.orElse(configFile);
            case VRRP -> checkers = false;
            case CHECK -> vrrp = false;
            case LOG_CONSOLE -> console = true;
            case LOG_DETAIL -> detail++;
            case LOG_FILE -> logFile = Optional.of(argument.orElse("/tmp/keepalived.log"));
            case FLUSH_LOG_FILE -> flush = true;
            case NO_SYSLOG -> syslog = false;
            case DONT_RELEASE_VRRP -> keepVrrp = true;
            case DONT_RELEASE_IPVS -> keepIpvs = true;
            case DONT_RESPAWN -> respawn = false;
            case DONT_FORK -> background = false;
            case DUMP_CONF -> dumpConfiguration = true;
            case ADDRESS_MONITORING -> monitorsAddresses = true;
            case CORE_DUMP -> cores = new Options.Cores(true, cores.pattern());
            case CORE_DUMP_PATTERN ->
                    cores =
                            new Options.Cores(
                                    cores.allowed(), Optional.of(argument.orElse("core")));
            case PID -> mainPid = argument;
            case VRRP_PID -> vrrpPid = argument;
            case CHECKERS_PID -> checkersPid = argument;
            case BFD_PID -> bfdPid = argument;
            case NO_BFD -> bfd = false;
            case NAMESPACE -> namespace = argument;
            case ALL_CONFIG -> allConfig = true;
            case CONFIG_ID -> configId = argument;
            case IGNORE_SIGINT -> ignoreInterrupt = true;
            case CONFIG_TEST -> configTest = Optional.of(new Options.ConfigTest(argument));
            case ALL, RELEASE_VIPS -> {
                // Nothing to switch: roles need no configuration to be ready, and addresses are
                // always withdrawn.
            }
            case SNMP, SNMP_AGENT_SOCKET -> without(option, "SNMP");
            case CONFIG_FD -> without(option, "a configuration from a descriptor");
            case PERF, DEBUG, NO_MEM_CHECK, MEM_CHECK_LOG, OPENSSL_MEM_CHECK ->
                    without(option, "the debugging aids of other builds");
            case VERSION, HELP, SIGNUM, GENHASH, LOG_FACILITY, UMASK, READY_FD ->
                    throw new IllegalArgumentException(option.word());
        }
    }

    private void without(Option option, String what) {
        remarks.add(
                "Option --" + option.word() + " has no effect: this version is without " + what);
    }

    Options finished() {
        boolean testing = configTest.isPresent();
        return new Options(
                configFile,
                vrrp || !checkers,
                checkers || !vrrp,
                bfd,
                new Options.Logging(console, detail, facility, logFile, flush, syslog && !testing),
                new Options.PidPaths(mainPid, vrrpPid, checkersPid, bfdPid),
                new Options.Stopping(keepVrrp, keepIpvs),
                umask,
                respawn && !testing,
                background && !testing,
                dumpConfiguration,
                monitorsAddresses,
                cores,
                namespace,
                allConfig,
                configId,
                ignoreInterrupt,
                configTest,
                readyFd,
                remarks,
                false);
    }
}
