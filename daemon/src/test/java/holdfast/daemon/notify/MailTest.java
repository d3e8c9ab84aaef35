package holdfast.daemon.notify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import holdfast.config.Configuration;
import holdfast.daemon.OneFile;
import holdfast.daemon.journal.Journal;
import holdfast.net.Endpoint;
import holdfast.vrrp.Cause;
import holdfast.vrrp.Role;
import holdfast.vrrp.VrrpEffect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MailTest {

    private final Path directory;
    private final List<String> log = new CopyOnWriteArrayList<>();
    private final Journal journal = Journal.start(List.of(entry -> log.add(entry.text())), true);

    MailTest(@TempDir Path directory) {
        this.directory = directory;
    }

    private static Configuration configuration(Endpoint server, int patience, String script) {
        return OneFile.load(
                        """
                        global_defs {
                            router_id lb1
                            notification_email {
                                admin@example.com
                                "My admin <root@example.org>"
                            }
                            notification_email_from lb@example.net
                            smtp_server %s %d
                            smtp_helo_name lb1.example.net
                            smtp_connect_timeout %d
                        }
                        vrrp_instance VI_1 {
                            interface eth0
                            virtual_router_id 51
                            priority 100
                            smtp_alert
                            authentication {
                                auth_type PASS
                                auth_pass s3cr3t
                            }
                            notify_master "/bin/sh -c '%s'" root
                            virtual_ipaddress {
                                192.0.2.10/24
                            }
                        }
                        """
                                .formatted(server.address(), server.port(), patience, script))
                .configuration();
    }

    private Notifier notifier(Configuration configuration) throws Exception {
        Notifier notifier = Notifier.start(journal, "x");
        notifier.tell(new NotifyMessage.Expect(configuration.vrrp()));
        notifier.tell(new NotifyMessage.Mailing(configuration.global()));
        return notifier;
    }

    private static NotifyMessage becomes(Role from, Role to) {
        return new NotifyMessage.VrrpFact(
                new VrrpEffect.RoleChanged("VI_1", from, to, Cause.STARTED, 100));
    }

    @Test
    void aRoleChangeArrivesByMailAndLastWordsToo() throws Exception {
        try (MailServer server = MailServer.start()) {
            try (Notifier notifier = notifier(configuration(server.endpoint(), 30, "true"))) {
                notifier.tell(becomes(Role.BACKUP, Role.MASTER));
                String heard = server.conversations().poll(20, TimeUnit.SECONDS);
                assertTrue(heard != null, () -> "no mail; log " + log);
                assertEquals(
                        """
                        HELO lb1.example.net
                        MAIL FROM:<lb@example.net>
                        RCPT TO:<admin@example.com>
                        RCPT TO:<root@example.org>
                        DATA
                        Date: now
                        From: lb@example.net
                        Subject: [lb1] VRRP Instance VI_1 - Entering MASTER state
                        X-Mailer: Keepalived
                        To: admin@example.com,
                         My admin <root@example.org>

                        => VRRP Instance is now owning VRRP VIPs <=
                        .
                        QUIT
                        """,
                        heard.replaceFirst("Date: .*", "Date: now"));
                notifier.tell(becomes(Role.MASTER, Role.STOP));
            }
            String last = server.conversations().poll(20, TimeUnit.SECONDS);
            assertTrue(last != null && last.contains("VI_1 - Stopping"), () -> last + " " + log);
        }
    }

    @Test
    void aServerThatNeverAnswersDelaysNoScriptAndIsGivenUp() throws Exception {
        Path out = directory.resolve("out");
        try (MailServer mute = MailServer.mute()) {
            Configuration configuration = configuration(mute.endpoint(), 1, "echo ran >>" + out);
            try (Notifier notifier = notifier(configuration)) {
                notifier.tell(becomes(Role.MASTER, Role.BACKUP));
                for (int i = 1; i <= Postman.WAITING_MAX; i++) {
                    notifier.tell(becomes(Role.MASTER, Role.BACKUP));
                }
                notifier.tell(becomes(Role.BACKUP, Role.MASTER));
                await(() -> Files.exists(out));
                boolean unsentSaid = log.stream().anyMatch(line -> line.contains("was not sent"));
                assertTrue(!unsentSaid, "the script waited for the mail: " + log);
                await(() -> log.stream().anyMatch(line -> line.contains("took too long")));
            }
        }
        journal.close();
        assertTrue(
                log.stream().anyMatch(line -> line.startsWith("More than 100 mails")),
                log.toString());
        assertTrue(
                log.stream().anyMatch(line -> line.contains("not sent before the end")),
                log.toString());
    }

    private interface Condition {
        boolean holds() throws Exception;
    }

    private void await(Condition condition) throws Exception {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!condition.holds()) {
            assertTrue(System.nanoTime() < until, () -> "waited in vain; log " + log);
            Thread.sleep(5);
        }
    }
}
