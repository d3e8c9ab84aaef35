package holdfast.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// HTTP and HTTPS checks against nginx, and against servers that do nothing right.
@Tag("lab")
class WebChecksTest {

    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final String ADDRESS = "10.0.0.1";

    /// A check, and what has to come of it.
    private record Case(String kind, int port, String words, String url, String verdict) {

        String block() {
            return """
                   real_server %s %d {
                     %s {
                       connect_timeout 1
                       retry 0
                       %s
                       url {
                         path /
                         %s
                       }
                     }
                   }
                   """
                    .formatted(ADDRESS, port, kind, words, url);
        }

        String line() {
            return "%s of [%s]:tcp:%d for [10.0.0.100]:tcp:80 %s"
                    .formatted(kind, ADDRESS, port, verdict);
        }
    }

    private static final String GOOD = "succeeded";

    private static String failed(String reason) {
        return "failed: " + reason;
    }

    private static String verified(Lab lab) {
        return "tls_verify\ntls_ca_file %s/ca.pem\ntls_verify_name www.example.com"
                .formatted(lab.directory());
    }

    /// Each on a port of its own, since a pool has each server once.
    private static List<Case> cases() {
        return List.of(
                new Case("HTTP_GET", Nginx.PLAIN, "", "regex \"is (well|fine)\"", GOOD),
                new Case("HTTP_GET", 8081, "", "", failed("connection refused")),
                new Case("HTTP_GET", 8082, "", "", failed("connection timed out")),
                new Case("HTTP_GET", RudeServer.SILENT, "", "", failed("no answer in time")),
                new Case("HTTP_GET", RudeServer.GARBAGE, "", "", failed("the answer is not HTTP")),
                new Case(
                        "HTTP_GET",
                        RudeServer.DRIP,
                        "check_timeout 2",
                        "",
                        failed("no complete answer in time")),
                new Case(
                        "HTTP_GET",
                        RudeServer.RESET,
                        "",
                        "",
                        failed("connection reset by the peer")),
                new Case(
                        "SSL_GET",
                        RudeServer.HANGS_UP,
                        "",
                        "",
                        failed("connection closed in the TLS handshake")),
                new Case(
                        "SSL_GET", Nginx.TLS, "tls_expiry_warning 20\ntls_alpn http/1.1", "", GOOD),
                new Case(
                        "SSL_GET",
                        Nginx.NAMED,
                        "sni_name sni.example.com\nvirtualhost sni.example.com",
                        "",
                        GOOD),
                new Case("SSL_GET", Nginx.CLIENTS, "", "", GOOD),
                new Case("SSL_GET", Nginx.EXPIRED, "", "", GOOD),
                new Case("SSL_GET", Nginx.STRANGER, "", "", GOOD),
                new Case("SSL_GET", Nginx.TLS12, "tls_compliant", "status_code 200", GOOD),
                new Case("SSL_GET", Nginx.OLD, "", "", failed("TLS handshake failed: ")));
    }

    @Test
    void everyServerIsJudgedAsItDeserves() {
        try (Lab lab = Lab.open()) {
            Host lb = director(lab);
            Daemon daemon = Daemon.start(Software.HOLDFAST, lb, configuration(cases(), ssl(lab)));
            for (Case each : cases()) {
                daemon.awaitLog(each.line(), LIMIT);
            }
            daemon.awaitLog(":8443 for [10.0.0.100]:tcp:80: the certificate expires in 9", LIMIT);
            Await.until(
                    "only those that pass serve",
                    LIMIT,
                    () -> {
                        String rules = lb.run("nft", "list", "ruleset");
                        return cases().stream()
                                .allMatch(
                                        each ->
                                                rules.contains(ADDRESS + " . " + each.port())
                                                        == each.verdict().equals(GOOD));
                    },
                    () -> lb.run("nft", "list", "ruleset"));
            daemon.stop();
            String log = daemon.log();
            int warnings = log.split("the certificate expires", -1).length - 1;
            assertEquals(1, warnings, log);
            assertTrue(!log.contains("s3cr3t"), log);
        }
    }

    @Test
    void certificatesAreVerifiedWhereThatIsWanted() {
        try (Lab lab = Lab.open()) {
            Host lb = director(lab);
            String known = verified(lab);
            List<Case> cases =
                    List.of(
                            new Case("SSL_GET", Nginx.TLS, known, "", GOOD),
                            new Case(
                                    "SSL_GET",
                                    Nginx.TLS12,
                                    known.replace("www.", "mail."),
                                    "",
                                    failed(
                                            "TLS handshake failed: the certificate is not that of"
                                                    + " mail.example.com")),
                            new Case(
                                    "SSL_GET",
                                    Nginx.EXPIRED,
                                    known,
                                    "",
                                    failed("TLS handshake failed: the certificate expired on")),
                            new Case(
                                    "SSL_GET",
                                    Nginx.STRANGER,
                                    known,
                                    "",
                                    failed(
                                            "TLS handshake failed: nobody we trust vouches for"
                                                    + " the certificate of CN=strange")),
                            new Case("SSL_GET", Nginx.NAMED, "", "", failed("TLS handshake")),
                            new Case("SSL_GET", Nginx.CLIENTS, "", "", failed("HTTP status 400")));
            Daemon daemon = Daemon.start(Software.HOLDFAST, lb, configuration(cases, ""));
            for (Case each : cases) {
                daemon.awaitLog(each.line(), LIMIT);
            }
            daemon.reload(configuration(cases, ssl(lab)));
            daemon.awaitLog(
                    "SSL_GET of [10.0.0.1]:tcp:8445 for [10.0.0.100]:tcp:80 succeeded", LIMIT);
            daemon.reload(configuration(cases, ssl(lab).replace("s3cr3t", "wrong")));
            daemon.awaitLog("the password does not fit the key", LIMIT);
            daemon.stop();
        }
    }

    @Test
    void genhashPrintsWhatTheReferencePrints() {
        try (Lab lab = Lab.open()) {
            Host lb = director(lab);
            for (String words :
                    List.of(
                            "-p 8080 -u /",
                            "-p 8080 -u /gone -P 1.1",
                            "-p 8080 -u / -v",
                            "-S -p 8443 -u / -P 1.0c",
                            "-S -p 8443 -u / -v",
                            "-S -I -V sni.example.com -p 8444 -u /",
                            "-p 8081 -u /",
                            "-S -p 8081 -u /",
                            "-p 9005 -u /")) {
                Await.until(
                        "the same is printed for " + words,
                        LIMIT,
                        () -> genhash(lb, "genhash", words).equals(genhash(lb, own(), words)),
                        () -> genhash(lb, "genhash", words) + genhash(lb, own(), words));
            }
            String letter = program() + " -T";
            assertEquals(genhash(lb, own(), "-p 8080 -u /"), genhash(lb, letter, "-p 8080 -u /"));
        }
    }

    private static String own() {
        return program() + " --genhash";
    }

    private static String program() {
        return Software.root().resolve("holdfast").toString();
    }

    /// What it prints, and how it ends; without how long it took.
    private static String genhash(Host host, String program, String words) {
        Ran ran =
                host.attempt(
                        "sh",
                        "-c",
                        "%s -s %s %s 2>/dev/null; echo $?".formatted(program, ADDRESS, words));
        return ran.output().replaceAll("= [0-9]+ usecs", "");
    }

    private static Host director(Lab lab) {
        Wire wire = lab.wire();
        Host servers = lab.host("rs").plug(wire, "eth0", ADDRESS + "/24");
        servers.run("nft", "add", "table", "inet", "t");
        servers.run("sh", "-c", "nft 'add chain inet t in { type filter hook input priority 0; }'");
        servers.run("sh", "-c", "nft add rule inet t in tcp dport 8082 drop");
        servers.start("rude.log", JavaProgram.command(RudeServer.class));
        Nginx.start(servers, ADDRESS);
        Await.until(
                "the rude server listens",
                LIMIT,
                () -> servers.run("ss", "-Hltn").contains(":" + RudeServer.HANGS_UP));
        return lab.host("lb").plug(wire, "eth0", "10.0.0.254/24");
    }

    private static String ssl(Lab lab) {
        return """
               SSL {
                 ca DIRECTORY/ca.pem
                 certificate DIRECTORY/client.pem
                 key DIRECTORY/client.enc
                 password s3cr3t
               }
               """
                .replace("DIRECTORY", lab.directory().toString());
    }

    private static String configuration(List<Case> cases, String before) {
        List<String> servers = new ArrayList<>();
        cases.forEach(each -> servers.add(each.block()));
        return """
               global_defs {
                 lvs_backend nftables
               }
               %s
               virtual_server 10.0.0.100 80 {
                 delay_loop 1
                 warmup 0
                 lb_algo rr
                 lb_kind NAT
                 protocol TCP
                 alpha
                 %s
               }
               """
                .formatted(before, String.join("\n", servers));
    }
}
