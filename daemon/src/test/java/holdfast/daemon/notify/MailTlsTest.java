package holdfast.daemon.notify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import holdfast.config.Configuration;
import holdfast.daemon.OneFile;
import holdfast.daemon.journal.Journal;
import holdfast.vrrp.Cause;
import holdfast.vrrp.Role;
import holdfast.vrrp.VrrpEffect;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Mails over encrypted connections, to a server with a certificate of its own.
class MailTlsTest {

    /// The account and its password as AUTH PLAIN says them: NUL lb1 NUL s3cr3t.
    private static final String PLAIN = "AGxiMQBzM2NyM3Q=";

    private static Path directory = Path.of("");
    private static Path keys = directory;
    private static Path others = directory;

    private final List<String> log = new CopyOnWriteArrayList<>();
    private final Journal journal = Journal.start(List.of(entry -> log.add(entry.text())), true);

    @BeforeAll
    static void makeKeys(@TempDir Path made) throws Exception {
        directory = made;
        keys = SecureMailServer.makeKeys(directory, "mx", "ip:127.0.0.1");
        others = SecureMailServer.makeKeys(directory, "other", "dns:mx.example.net");
    }

    private static Configuration configuration(SecureMailServer server, String security) {
        return OneFile.load(
                        """
                        global_defs {
                            router_id lb1
                            notification_email {
                                admin@example.com
                            }
                            notification_email_from lb@example.net
                            smtp_server 127.0.0.1 %d
                            smtp_helo_name lb1
                        %s
                        }
                        vrrp_instance VI_1 {
                            interface eth0
                            virtual_router_id 51
                            smtp_alert
                            virtual_ipaddress {
                                192.0.2.10/24
                            }
                        }
                        """
                                .formatted(server.port(), security))
                .configuration();
    }

    /// What the server hears of one mail, and what the log says of it.
    private String heard(Path of, String way, String security) throws Exception {
        try (SecureMailServer server = new SecureMailServer(of, way)) {
            Configuration configuration = configuration(server, security);
            try (Notifier notifier = Notifier.start(journal, "x")) {
                notifier.tell(new NotifyMessage.Expect(configuration.vrrp()));
                notifier.tell(new NotifyMessage.Mailing(configuration.global()));
                notifier.tell(
                        new NotifyMessage.VrrpFact(
                                new VrrpEffect.RoleChanged(
                                        "VI_1", Role.BACKUP, Role.MASTER, Cause.STARTED, 100)));
                String heard = server.conversations().poll(30, TimeUnit.SECONDS);
                assertTrue(heard != null, () -> "nothing heard; log " + log);
                return heard.substring(0, Math.max(0, heard.indexOf("Date:"))).isEmpty()
                        ? heard
                        : heard.substring(0, heard.indexOf("Date:"));
            }
        } finally {
            journal.close();
            assertFalse(log.toString().contains("s3cr3t"), log.toString());
            assertFalse(log.toString().contains(PLAIN), log.toString());
        }
    }

    @Test
    void aLoginAtAServerThatIsWhoItShouldBe() throws Exception {
        String security =
                """
                smtp_tls required
                smtp_ca_file %s/mx.pem
                smtp_user lb1
                smtp_password s3cr3t
                """
                        .formatted(directory);
        assertEquals(
                """
                EHLO lb1
                STARTTLS
                (TLS)
                EHLO lb1
                AUTH PLAIN AGxiMQBzM2NyM3Q=
                MAIL FROM:<lb@example.net>
                RCPT TO:<admin@example.com>
                DATA
                """,
                heard(keys, "PLAIN", security));
        assertTrue(log.isEmpty(), log.toString());
    }

    @Test
    void anOlderWayToLogIn() throws Exception {
        String security = "smtp_tls starttls\nsmtp_user lb1\nsmtp_password s3cr3t\n";
        String heard = heard(others, "LOGIN", security);
        assertTrue(heard.contains("(TLS)\nEHLO lb1\nAUTH LOGIN\nbGIx\nczNjcjN0\nMAIL"), heard);
    }

    @Test
    void withoutAnAccountNobodyLogsIn() throws Exception {
        String heard = heard(others, "PLAIN", "smtp_tls starttls");
        assertTrue(heard.contains("(TLS)\nEHLO lb1\nMAIL FROM"), heard);
    }

    @Test
    void aServerThatNobodyVouchesForGetsNothing() throws Exception {
        refused(keys, "smtp_tls required\nsmtp_user lb1\nsmtp_password s3cr3t\n");
    }

    @Test
    void norOneWithAnotherName() throws Exception {
        refused(others, "smtp_tls required\nsmtp_ca_file " + directory + "/other.pem\n");
    }

    @Test
    void norAnyIfTheCertificatesCannotBeRead() throws Exception {
        refused(keys, "smtp_tls required\nsmtp_ca_file " + directory + "/none.pem\n");
    }

    private void refused(Path of, String security) throws Exception {
        String heard = heard(of, "PLAIN", security);
        assertTrue(heard.startsWith("EHLO lb1\nSTARTTLS\n"), heard);
        assertFalse(heard.contains("MAIL FROM"), heard);
        assertTrue(
                log.stream()
                        .anyMatch(
                                line ->
                                        line.startsWith("Mail '[lb1] VRRP Instance VI_1 -")
                                                && line.contains("was not sent: TLS failed: ")),
                log.toString());
    }
}
