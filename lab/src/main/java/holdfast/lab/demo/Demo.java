package holdfast.lab.demo;

import holdfast.lab.Await;
import holdfast.lab.Host;
import holdfast.lab.JavaProgram;
import holdfast.lab.Lab;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The demonstration: requests flow while a web server dies, a director dies and returns, the
/// configuration changes, and the master stops for maintenance.
///
/// What it says is seen from outside: addresses in the kernels, adverts on the wire, lines of the
/// notify FIFOs, and answers that the client got.
public final class Demo {

    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final int REQUESTS_PER_SECOND = 50;
    private static final int SECOND = REQUESTS_PER_SECOND;
    private static final String ADVERTS = "adverts.txt";

    private final Timeline timeline;
    private final Balance balance = new Balance();
    private final Network network;
    private final GrowingFile<Advert> adverts;
    private final Director director1;
    private final Director director2;
    private final Traffic traffic;

    private Demo(Timeline timeline, Network network, Director director1, Director director2) {
        this.timeline = timeline;
        this.network = network;
        this.director1 = director1;
        this.director2 = director2;
        this.adverts = listen(network.client);
        bothDirectorsStart();
        this.traffic = new Traffic(network.client, Site.VIP, Site.PORT, REQUESTS_PER_SECOND);
    }

    public static void main(String[] arguments) {
        System.out.print(
                """
                Holdfast: a failover to watch

                             +-- director1 --+     +-- web1
                  client ----+               +-----+-- web2
                             +-- director2 --+     +-- web3

                Each is a network namespace of its own. The master of the two directors has the
                address 10.0.0.100, and spreads 50 requests a second over the web servers.

                """);
        boolean good;
        try (Lab lab = Lab.open()) {
            good = run(lab);
        } catch (AssertionError | IllegalStateException e) {
            System.out.println("\nCould not go on: " + String.valueOf(e.getMessage()).strip());
            good = false;
        }
        System.exit(good ? 0 : 1);
    }

    private static boolean run(Lab lab) {
        var timeline = new Timeline();
        var network = new Network(lab);
        timeline.say("The hosts and their cables are there; the web servers listen.");
        try (var director1 = new Director(network.director1, 150, Network.frontAddress(1));
                var director2 = new Director(network.director2, 100, Network.frontAddress(2))) {
            boolean good = false;
            try {
                good = new Demo(timeline, network, director1, director2).tell();
            } finally {
                if (!good) {
                    keepLogs(director1, director2);
                }
            }
            return good;
        }
    }

    private static void keepLogs(Director... directors) {
        Optional<Path> kept =
                Optional.ofNullable(System.getProperty("holdfast.demo.logs")).map(Path::of);
        if (kept.isEmpty()) {
            return;
        }
        try {
            Files.createDirectories(kept.get());
            for (Director director : directors) {
                Files.writeString(kept.get().resolve(director.name() + ".log"), director.log());
            }
            System.out.println("\nThe logs of the directors are in " + kept.get() + ".");
        } catch (IOException e) {
            System.out.println("\nThe logs could not be kept: " + e.getMessage());
        }
    }

    private static GrowingFile<Advert> listen(Host host) {
        var adverts = new GrowingFile<>(host.lab().file(ADVERTS, ""), Advert::read);
        host.start(ADVERTS, JavaProgram.command(AdvertListener.class, "eth0"));
        Await.until("the client hears adverts", LIMIT, adverts::isBegun);
        return adverts;
    }

    private boolean tell() {
        try (traffic) {
            calm();
            webServerDies();
            Instant taken = masterDies();
            deadOneReturns(taken);
            configurationChanges();
            masterStops();
            Instant end = Instant.now();
            director1.stop();
            timeline.say("director1 stops too.");
            rolesWereAsTold();
            boolean good = balance.print(traffic, end);
            System.out.println(
                    "\n" + Timeline.verdict(good, "It all came true.", "Not all of it came true."));
            return good;
        }
    }

    private void bothDirectorsStart() {
        Timeline.chapter("Two directors start");
        Instant first = director1.start();
        timeline.say(first, "director1 starts, priority 150, an advert each 0.2 s");
        Instant master = director1.awaitAddresses(first);
        timeline.say(master, "director1 is MASTER: it has 10.0.0.100 and 10.0.1.1");
        Instant second = director2.start();
        timeline.say(second, "director2 starts, priority 100");
        timeline.say(director2.awaitRole("BACKUP", second), "director2 is BACKUP");
        awaitServers(director1, first);
        awaitServers(director2, second);
        timeline.say("both find web1, web2 and web3 healthy");
    }

    private static void awaitServers(Director director, Instant since) {
        for (int number = 1; number <= Site.SERVERS; number++) {
            director.awaitServer(number, "UP", since);
        }
    }

    private void calm() {
        Timeline.chapter("Calm");
        Await.until("an answer", LIMIT, () -> !traffic.answeredSince(Instant.MIN).isEmpty());
        balance.chapter("calm");
        Instant since = Instant.now();
        awaitAnswers(3 * SECOND);
        timeline.say("answers: " + shares(since));
    }

    private void webServerDies() {
        Timeline.chapter("A web server dies");
        balance.chapter("web2 dies");
        Instant died = Instant.now();
        network.killWebServer(2);
        timeline.say(died, "web2 is killed");
        Instant out = director1.awaitServer(2, "DOWN", died);
        timeline.say(out, "director1 has taken web2 out of service");
        balance.gap(died, out);
        balance.time(
                "web2 is out of service",
                Duration.between(died, out),
                Site.CHECK_INTERVAL,
                "one check interval");
        balance.chapter("two web servers");
        awaitAnswers(2 * SECOND);
        timeline.say("answers: " + shares(out));

        Instant again = Instant.now();
        network.startWebServer(2);
        timeline.say(again, "web2 starts again");
        Instant in = director1.awaitServer(2, "UP", again);
        timeline.say(in, "director1 has taken web2 into service");
        director2.awaitServer(2, "UP", again);
        awaitAnswers(SECOND);
        timeline.say("answers: " + shares(in));
    }

    private Instant masterDies() {
        Timeline.chapter("The master dies");
        balance.chapter("director1 dies");
        Instant died = director1.kill();
        network.unplug(director1.host);
        timeline.say(died, "director1 loses power: SIGKILL, and its cables go dead");
        Instant taken = director2.awaitAddresses(died);
        timeline.say(taken, "director2 is MASTER: it has 10.0.0.100 and 10.0.1.1");
        Instant back =
                Await.value(
                        "an answer through director2",
                        LIMIT,
                        () -> traffic.firstAnswer(died.plus(Balance.NOISE)),
                        () -> "");
        timeline.say(back, "the client gets answers again");
        balance.gap(died, taken);
        balance.time(
                "director2 replaces the dead master",
                Duration.between(died, taken),
                Site.masterDown(director2.priority),
                "3 x 0.2 s + skew");
        awaitAnswers(SECOND);
        balance.chapter("one director");
        awaitAnswers(2 * SECOND);
        return taken;
    }

    private void deadOneReturns(Instant taken) {
        Timeline.chapter("It returns");
        balance.chapter("director1 returns");
        network.boot(director1.host);
        Instant back = director1.start();
        timeline.say(back, "director1 has power again, and starts");
        timeline.say(
                director1.awaitRole("BACKUP", back),
                "director1 is BACKUP: nopreempt says not to disturb the master");
        awaitServers(director1, back);
        timeline.say("director1 finds web1, web2 and web3 healthy");
        awaitAnswers(2 * SECOND);
        balance.claim(
                "the one that returned disturbed nobody",
                director2.changes(taken.plusMillis(1)).isEmpty()
                        && director1.changes(back).isEmpty());
    }

    private void configurationChanges() {
        Timeline.chapter("The configuration changes");
        balance.chapter("both reload");
        Instant asked = director2.reload(2);
        director1.reload(2);
        timeline.say(asked, "both directors reload (SIGHUP): web1 gets weight 2 instead of 1");
        Await.until(
                "web1 gets more requests than before",
                LIMIT,
                () -> {
                    List<Request> answered = traffic.answeredSince(asked);
                    long web1 = answered.stream().filter(r -> r.isAnsweredBy("web1")).count();
                    return answered.size() >= 2 * SECOND && web1 * 100 >= 43L * answered.size();
                },
                () -> shares(asked));
        timeline.say("answers: " + shares(asked));
        balance.claim(
                "the reload changed no role and no address",
                director1.roles(asked).isEmpty()
                        && director2.roles(asked).isEmpty()
                        && director1.changes(asked).isEmpty()
                        && director2.changes(asked).isEmpty());
    }

    private void masterStops() {
        Timeline.chapter("The master stops");
        balance.chapter("director2 stops");
        Instant asked = director2.stop();
        timeline.say(asked, "director2 is asked to stop (SIGTERM)");
        Advert goodbye =
                Await.value(
                        "director2 says goodbye",
                        LIMIT,
                        () ->
                                adverts.values().stream()
                                        .filter(advert -> !advert.at().isBefore(asked))
                                        .filter(Advert::isGoodbye)
                                        .findFirst(),
                        () -> "");
        timeline.say(goodbye.at(), "director2 says goodbye: an advert with priority 0");
        Instant taken = director1.awaitAddresses(asked);
        timeline.say(taken, "director1 is MASTER: it has 10.0.0.100 and 10.0.1.1");
        balance.gap(asked, taken);
        balance.time(
                "director1 replaces one that stops",
                Duration.between(goodbye.at(), taken),
                Site.skew(director1.priority),
                "skew");
        awaitAnswers(2 * SECOND);
        timeline.say("answers: " + shares(taken));
    }

    private void rolesWereAsTold() {
        balance.claim(
                "who stopped left no address behind",
                director1.ownsNothing() && director2.ownsNothing());
        rolesWere(director1, "BACKUP, MASTER, BACKUP, MASTER, STOP");
        rolesWere(director2, "BACKUP, MASTER, STOP");
        List<String> speakers = new ArrayList<>();
        for (Advert advert : adverts.values()) {
            boolean counts = advert.vrid() == Site.FRONT_VRID && !advert.isGoodbye();
            if (counts && (speakers.isEmpty() || !speakers.getLast().equals(advert.source()))) {
                speakers.add(advert.source());
            }
        }
        String one = director1.realAddress();
        balance.claim(
                "there never were two masters",
                speakers.equals(List.of(one, director2.realAddress(), one)));
    }

    private void rolesWere(Director director, String expected) {
        String actual = String.join(", ", director.roles(Instant.MIN));
        balance.claim(
                "%s was %s%s"
                        .formatted(
                                director.name(),
                                expected,
                                actual.equals(expected) ? "" : ", not " + actual),
                actual.equals(expected));
    }

    /// Who answered how many requests since a moment.
    private String shares(Instant since) {
        List<Request> answered = traffic.answeredSince(since);
        List<String> parts = new ArrayList<>();
        for (int number = 1; number <= Site.SERVERS; number++) {
            String server = "web" + number;
            parts.add(server + " " + answered.stream().filter(r -> r.isAnsweredBy(server)).count());
        }
        return String.join(", ", parts);
    }

    /// Lets the client go on for so many answers, so that there is something to count.
    private void awaitAnswers(int count) {
        Instant from = Instant.now();
        Await.until(
                count + " more answers",
                LIMIT,
                () -> traffic.answeredSince(from).size() >= count,
                () -> shares(from));
    }
}
