package holdfast.daemon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommandLineTest {

    private static CommandLine.Parsed parse(String line) {
        return CommandLine.parse(
                Arrays.stream(line.split(" ")).filter(word -> !word.isEmpty()).toList());
    }

    private static Options run(String line) {
        return assertInstanceOf(CommandLine.Parsed.Run.class, parse(line), line).options();
    }

    private static CommandLine.Parsed.Say say(String line) {
        return assertInstanceOf(CommandLine.Parsed.Say.class, parse(line), line);
    }

    @Test
    void nothingSaidMeansADaemonInTheBackground() {
        Options options = run("");
        assertEquals("/etc/keepalived/keepalived.conf", options.configFile());
        assertTrue(options.background() && options.vrrp() && options.checkers());
        assertTrue(options.respawn());
        assertEquals(
                new Options.Logging(false, 0, 24, Optional.empty(), false, true),
                options.logging());
        assertEquals(List.of(), options.remarks());
    }

    @Test
    void lettersMayStandTogetherAndTheLastMayHaveAnArgument() {
        Options apart = run("-n -l -D -D -f /a/b");
        assertEquals(apart, run("-nlDDf /a/b"));
        assertEquals(apart, run("-nlDDf/a/b"));
        assertEquals(apart, run("--dont-fork --log-console -D -D --use-file=/a/b"));
        assertEquals(apart, run("--dont-fork --log-con -D -D --use-file /a/b"));
        assertEquals("/a/b", apart.configFile());
        assertEquals(2, apart.logging().detail());
        assertFalse(apart.background());
    }

    @Test
    void onePartAloneDropsTheOtherAndBothMeanBoth() {
        assertFalse(run("-P").checkers());
        assertTrue(run("-P").vrrp());
        assertFalse(run("-C").vrrp());
        assertTrue(run("-C").checkers());
        assertTrue(run("-PC").vrrp() && run("-PC").checkers());
    }

    @Test
    void aTestOfTheConfigurationStaysInTheForegroundAndOutOfSyslog() {
        Options options = run("-t");
        assertEquals(Optional.of(new Options.ConfigTest(Optional.empty())), options.configTest());
        assertFalse(options.background() || options.respawn() || options.logging().syslog());
        assertEquals(
                Optional.of(new Options.ConfigTest(Optional.of("/out"))),
                run("--config-test=/out").configTest());
        assertEquals(
                Optional.of(new Options.ConfigTest(Optional.of("/out"))),
                run("-t/out").configTest());
    }

    @ParameterizedTest
    @CsvSource({
        "0, 128",
        "7, 184",
        "local0, 128",
        "local7, 184",
        "user, 8",
        "daemon, 24",
    })
    void facilitiesHaveNamesAndNumbers(String name, int number) {
        assertEquals(number, run("-S " + name).logging().facility());
    }

    @ParameterizedTest
    @CsvSource({
        "-Z, Unknown option -Z",
        "-nZ, Unknown option -Z",
        "--nope, Unknown option --nope",
        "-f, Missing argument for option -f",
        "--use-file, Missing argument for option --use-file",
        "--vrrp=x, Option --vrrp takes no argument",
        "--log, Option --log could be --log-console or --log-detail",
        "-S nobody, Unknown log facility nobody",
        "-S 8, Unknown log facility 8",
        "-u 0999, Not a file mode mask: 0999",
        "-u 01777, Not a file mode mask: 01777",
        "--signum=FOO, Unknown signal function FOO",
    })
    void whatIsWrongIsNamedAndEndsWithStatusOne(String line, String message) {
        assertEquals(new CommandLine.Parsed.Say(message, true, 1), say(line));
    }

    @ParameterizedTest
    @CsvSource({
        "STOP, 15",
        "RELOAD, 1",
        "DATA, 10",
        "STATS, 12",
        "STATS_CLEAR, 63",
        "JSON, 36",
        "TDUMP, 64",
    })
    void signalsHaveNumbers(String name, String number) {
        assertEquals(new CommandLine.Parsed.Say(number, false, 0), say("--signum=" + name));
    }

    @Test
    void versionGoesToTheErrorOutputAndHelpDoesNot() {
        assertTrue(say("-v").error());
        assertEquals(0, say("-v").exitStatus());
        assertFalse(say("-h").error());
        assertEquals(0, say("-n --help").exitStatus());
    }

    @Test
    void masksAreNumbersInTheBaseOfC() {
        assertEquals(Optional.of(022), run("-u 022").umask());
        assertEquals(Optional.of(18), run("-u 18").umask());
        assertEquals(Optional.of(18), run("-u 0x12").umask());
    }

    @Test
    void coresMayBeKeptUnderAName() {
        assertEquals(new Options.Cores(false, Optional.empty()), run("").cores());
        assertEquals(new Options.Cores(true, Optional.empty()), run("-m").cores());
        assertEquals(new Options.Cores(true, Optional.of("core")), run("-mM").cores());
        assertEquals(
                new Options.Cores(false, Optional.of("/c/%p")),
                run("--core-dump-pattern=/c/%p").cores());
        assertTrue(run("-a").monitorsAddresses());
        assertTrue(run("-d").dumpConfiguration());
    }

    @Test
    void whatHasNoEffectIsSaidByName() {
        List<String> remarks = run("-x -n stray --perf=all").remarks();
        assertEquals(3, remarks.size());
        assertTrue(remarks.get(0).startsWith("Option --snmp has no effect"), remarks.get(0));
        assertTrue(remarks.get(1).startsWith("Option --perf has no effect"), remarks.get(1));
        assertEquals("Unexpected arguments: stray", remarks.get(2));
    }

    @Test
    void aLogFileMayBeTheNextWord() {
        assertEquals(Optional.of("/l"), run("-g /l -n").logging().file());
        assertEquals(Optional.of("/l"), run("-g/l").logging().file());
        assertEquals(Optional.of("/tmp/keepalived.log"), run("-g -n").logging().file());
    }

    @Test
    void everyOptionIsAcceptedAndNoTwoShareALetterOrWord() {
        Set<Object> seen = new HashSet<>();
        for (Option option : Option.values()) {
            assertTrue(option.letter() == 0 || seen.add(option.letter()), option.word());
            assertTrue(seen.add(option.word()), option.word());
            boolean argued = option.argument() == Option.Argument.NEEDED;
            parse("--" + option.word() + (argued ? "=1" : "")); // Must not throw.
        }
    }
}
