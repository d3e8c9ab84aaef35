package holdfast.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Our own words about the way to the mail server.
class MailBinderTest {

    private static Loaded load(String words) {
        return Configurations.load(
                "global_defs {\nnotification_email {\na@b\n}\nsmtp_server 192.0.2.1\n"
                        + words
                        + "\n}\n");
    }

    private static MailSecurity security(String words) {
        return load(words).configuration().global().mail().orElseThrow().security();
    }

    @ParameterizedTest
    @CsvSource({
        "'',                                                         NONE,     -,  -",
        "'smtp_tls none',                                            NONE,     -,  -",
        "'smtp_tls starttls',                                        STARTTLS, -,  -",
        "'smtp_tls required\nsmtp_ca_file /ca',                      REQUIRED, /ca, -",
        "'smtp_tls required\nsmtp_user u\nsmtp_password s3cr3t',     REQUIRED, -,  u",
        "'smtp_user u\nsmtp_password s3cr3t',                        NONE,     -,  -",
        "'smtp_tls required\nsmtp_user u',                           REQUIRED, -,  -",
        "'smtp_tls required\nsmtp_password s3cr3t',                  REQUIRED, -,  -",
    })
    void encryptionAndAccount(String words, String encryption, String authorities, String user) {
        MailSecurity security = security(words);
        assertEquals(encryption, security.encryption().name());
        assertEquals(authorities, security.authorities().orElse("-"));
        assertEquals(user, security.login().map(MailSecurity.Login::user).orElse("-"));
    }

    @Test
    void aPasswordInTheClearIsAnError() {
        Loaded loaded = load("smtp_user u\nsmtp_password s3cr3t");
        assertTrue(loaded.diagnostics().getFirst().toString().contains("in the clear"));
        assertFalse(loaded.reloadable());
    }

    @Test
    void noPasswordIsPrinted() {
        for (String words :
                new String[] {
                    "smtp_tls required\nsmtp_user u\nsmtp_password s3cr3t s3cr3t",
                    "smtp_password s3cr3t",
                    "smtp_user u\nsmtp_tls what\nsmtp_password s3cr3t",
                }) {
            Loaded loaded = load(words);
            String printed = DiagnosticPrinter.print(loaded.diagnostics(), loaded.source());
            assertFalse(printed.contains("s3cr3t"), printed);
            assertFalse(loaded.configuration().toString().contains("s3cr3t"));
        }
    }
}
