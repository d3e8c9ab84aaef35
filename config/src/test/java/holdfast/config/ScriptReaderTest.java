package holdfast.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import holdfast.script.Identity;
import holdfast.script.ScriptSpec;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Whom scripts run as, and what becomes of words that the shell must see.
class ScriptReaderTest {

    private static String startup(String globals, String words) {
        return Configurations.load(
                        "global_defs {\nenable_script_security\n%s\nstartup_script %s\n}\n"
                                .formatted(globals, words))
                .configuration()
                .global()
                .house()
                .startup()
                .map(life -> shown(life.script()))
                .orElse("none");
    }

    private static String shown(ScriptSpec script) {
        Identity as = script.identity();
        String groups = as.groups().toString().replace(", ", " ");
        return String.join(" | ", script.argv())
                + " as "
                + as.user()
                + " "
                + as.uid()
                + ":"
                + as.gid()
                + " "
                + groups;
    }

    @ParameterizedTest
    @CsvSource({
        "'',                          /usr/bin/true,                as root 0:0 []",
        "'',                          /usr/bin/true nginx,          as nginx 101:101 []",
        "'',                          /usr/bin/true nginx nogroup,  as nginx 101:65534 []",
        "'',                          /usr/bin/true nginx :,        as nginx 101:101 [101 33]",
        "'',                          /usr/bin/true nginx :nogroup, as nginx 101:65534 [65534 33]",
        "'',                          /usr/bin/true nginx :nobody,  none",
        "'',                          /usr/bin/true nginx nobody,   none",
        "set_supplementary_groups,    /usr/bin/true nginx,          as nginx 101:101 [101 33]",
        "set_supplementary_groups no, /usr/bin/true nginx,          as nginx 101:101 []",
        "'script_user nginx :',       /usr/bin/true,                as nginx 101:101 [101 33]",
        "'script_user nginx',         /usr/bin/true root,           as root 0:0 []",
    })
    void identities(String globals, String words, String expected) {
        String wanted = expected.equals("none") ? expected : "/usr/bin/true " + expected;
        assertEquals(wanted, startup(globals, words));
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "`</etc/passwd`,            `/bin/sh | -c | <'/etc/passwd'`",
                "`</no/such/file`,          `/bin/sh | -c | <'/no/such/file'`",
                "`\"</etc/passwd a b'c d'\"`, `/bin/sh | -c | <'/etc/passwd' 'a' 'bc d'`",
                "`\"</etc/it\\'s\"`,          `/bin/sh | -c | <'/etc/it'\\''s'`",
                "`>/etc/passwd`,            `/bin/sh | -c | >'/etc/passwd'`",
                "`>/no/such/file`,          none",
                "`\"< /etc/passwd\"`,       none",
                "`/etc/passwd`,             none",
            })
    void redirections(String words, String expected) {
        String wanted = expected.equals("none") ? expected : expected + " as root 0:0 []";
        assertEquals(wanted, startup("", words));
    }
}
