package holdfast.lab;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// A web server of a test that speaks TLS in several ways, on a port each, with certificates that
/// it makes.
final class Nginx {

    static final int PLAIN = 8080;
    static final int TLS = 8443;
    static final int NAMED = 8444;
    static final int CLIENTS = 8445;
    static final int EXPIRED = 8446;
    static final int STRANGER = 8447;
    static final int TLS12 = 8448;
    static final int OLD = 8449;

    private static final Duration LIMIT = Duration.ofSeconds(15);

    private Nginx() {}

    /// Returns when it listens; killing the process ends it.
    static Process start(Host host, String address) {
        Lab lab = host.lab();
        makeCertificates(lab);
        Path directory = lab.directory();
        String text =
                CONFIGURATION
                        .replace("DIRECTORY", directory.toString())
                        .replace("ADDRESS", address);
        Path file = lab.file("nginx.conf", text);
        Process server =
                host.start(
                        "nginx.log",
                        List.of("nginx", "-p", directory.toString(), "-c", file.toString()));
        Await.until(
                "nginx answers",
                LIMIT,
                () ->
                        host.attempt("curl", "-sf", "-m", "1", "http://" + address + ":" + PLAIN)
                                .succeeded());
        return server;
    }

    private static void makeCertificates(Lab lab) {
        lab.file("names", "subjectAltName=DNS:www.example.com,DNS:sni.example.com\n");
        authority(lab, "ca");
        authority(lab, "other");
        certificate(lab, "good", "ca", "10");
        certificate(lab, "expired", "ca", "-1");
        certificate(lab, "strange", "other", "30");
        certificate(lab, "client", "ca", "30");
        openssl(
                lab,
                "pkcs8",
                "-topk8",
                "-in",
                "client.key",
                "-passout",
                "pass:s3cr3t",
                "-out",
                "client.enc");
    }

    private static void authority(Lab lab, String name) {
        openssl(
                lab,
                "req",
                "-x509",
                "-newkey",
                "ec",
                "-pkeyopt",
                "ec_paramgen_curve:prime256v1",
                "-nodes",
                "-keyout",
                name + ".key",
                "-out",
                name + ".pem",
                "-days",
                "30",
                "-subj",
                "/CN=" + name);
    }

    private static void certificate(Lab lab, String name, String by, String days) {
        openssl(
                lab,
                "req",
                "-newkey",
                "ec",
                "-pkeyopt",
                "ec_paramgen_curve:prime256v1",
                "-nodes",
                "-keyout",
                name + ".key",
                "-out",
                name + ".csr",
                "-subj",
                "/CN=" + name);
        openssl(
                lab,
                "x509",
                "-req",
                "-in",
                name + ".csr",
                "-CA",
                by + ".pem",
                "-CAkey",
                by + ".key",
                "-CAcreateserial",
                "-days",
                days,
                "-extfile",
                "names",
                "-out",
                name + ".pem");
    }

    private static void openssl(Lab lab, String... words) {
        StringBuilder command = new StringBuilder("cd " + lab.directory() + " && openssl");
        for (String word : words) {
            command.append(' ').append(word);
        }
        Programs.run("sh", "-c", command.toString());
    }

    private static final String CONFIGURATION =
            """
            daemon off;
            user root;
            worker_processes 1;
            pid DIRECTORY/nginx.pid;
            error_log DIRECTORY/nginx-errors.log;
            events { worker_connections 256; }
            http {
              access_log off;
              client_body_temp_path DIRECTORY/body;
              proxy_temp_path DIRECTORY/proxy;
              fastcgi_temp_path DIRECTORY/fastcgi;
              uwsgi_temp_path DIRECTORY/uwsgi;
              scgi_temp_path DIRECTORY/scgi;
              ssl_certificate DIRECTORY/good.pem;
              ssl_certificate_key DIRECTORY/good.key;
              server {
                listen ADDRESS:8080;
                location / { return 200 "all is well today\\n"; }
                location /gone { return 404; }
              }
              server { listen ADDRESS:8443 ssl; location / { return 200 "secret\\n"; } }
              server { listen ADDRESS:8444 ssl default_server; ssl_reject_handshake on; }
              server {
                listen ADDRESS:8444 ssl;
                server_name sni.example.com;
                location / { return 200 "named\\n"; }
              }
              server {
                listen ADDRESS:8445 ssl;
                ssl_client_certificate DIRECTORY/ca.pem;
                ssl_verify_client on;
                location / { return 200 "known\\n"; }
              }
              server {
                listen ADDRESS:8446 ssl;
                ssl_certificate DIRECTORY/expired.pem;
                ssl_certificate_key DIRECTORY/expired.key;
                location / { return 200 "expired\\n"; }
              }
              server {
                listen ADDRESS:8447 ssl;
                ssl_certificate DIRECTORY/strange.pem;
                ssl_certificate_key DIRECTORY/strange.key;
                location / { return 200 "strange\\n"; }
              }
              server {
                listen ADDRESS:8448 ssl;
                ssl_protocols TLSv1.2;
                location / { return 200 "elder\\n"; }
              }
              server {
                listen ADDRESS:8449 ssl;
                ssl_protocols TLSv1.1;
                location / { return 200 "old\\n"; }
              }
            }
            """;
}
