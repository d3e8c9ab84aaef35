package holdfast.lab.demo;

import holdfast.lab.AddressChange;
import holdfast.lab.AddressWatch;
import holdfast.lab.Await;
import holdfast.lab.Daemon;
import holdfast.lab.Lab;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// The demonstration: requests flow while a web server dies, a director dies and returns, and a
/// configuration changes.
public final class Demo {

    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final int REQUESTS_PER_SECOND = 50;
    private static final int ANSWERS_AFTERWARDS = 25;

    /// RFC 3768, 5.3: three intervals of 1 s, and a skew of (256 - 100) / 256 s.
    private static final Duration MASTER_DOWN = Duration.ofMillis(3609);

    private static final Duration CHECKED = Duration.ofSeconds(2);
    private static final Duration AT_ONCE = Duration.ofSeconds(1);

    private final Timeline timeline = new Timeline();
    private final Table table = new Table();
    private final Network network;
    private final Daemon first;
    private final Daemon second;
    private final Traffic traffic;

    private Demo(Lab lab) {
        network = new Network(lab);
        timeline.say(
                "client, lb1, lb2, web1, web2 and web3 are up, each in a namespace of its own");
        first = Network.daemon(network.lb1, 150);
        second = Network.daemon(network.lb2, 100);
        traffic = new Traffic(network.client, Network.SERVICE, Network.PORT, REQUESTS_PER_SECOND);
    }

    public static void main(String[] arguments) {
        System.out.println(
                """
                Holdfast, demonstrated: two directors (lb1, lb2) share the address 10.0.0.100 and
                spread 50 requests a second over three web servers.
                """);
        boolean good;
        try (Lab lab = Lab.open()) {
            good = new Demo(lab).tell();
        } catch (AssertionError e) {
            System.out.println("\nThe demonstration failed: " + e.getMessage());
            good = false;
        }
        System.exit(good ? 0 : 1);
    }

    private boolean tell() {
        try (AddressWatch watch1 = AddressWatch.start(network.lb1);
                AddressWatch watch2 = AddressWatch.start(network.lb2)) {
            begin(watch1);
            webServerDies();
            directorDies(watch2);
            directorReturns(watch1);
            configurationChanges(watch1);
            Instant end = Instant.now();
            traffic.stop();
            second.stop();
            first.stop();
            timeline.say("both directors have stopped, and their addresses are gone");
            return table.print(traffic, end);
        }
    }

    private void begin(AddressWatch watch) {
        timeline.chapter("Calm");
        Instant start = Instant.now();
        first.start();
        second.start();
        timeline.say("lb1 (priority 150) and lb2 (priority 100) start Holdfast");
        timeline.say(owned(watch, Network.SERVICE, start, first), "lb1 owns 10.0.0.100");
        awaitAnswers(Instant.now(), Network.webNames());
        timeline.say("web1, web2 and web3 have passed their checks, and answer in turn");
        table.chapter("in calm");
        awaitMoreAnswers(2 * REQUESTS_PER_SECOND);
    }

    private void webServerDies() {
        timeline.chapter("A web server dies");
        table.chapter("a web server dies");
        Instant died = Instant.now();
        int before = first.log().length();
        network.killWebServer(2);
        timeline.say(died, "web2 is killed");
        Await.until(
                "the check of web2 fails",
                LIMIT,
                () -> first.log().substring(before).lines().anyMatch(Demo::isDeathOfWeb2),
                first::log);
        Duration took = Duration.between(died, Instant.now());
        timeline.say("lb1 has taken web2 out of service");
        table.time("a dead web server leaves", took, CHECKED, "check each 1 s + time-out 1 s");
        table.chapter("with two web servers");
        awaitMoreAnswers(REQUESTS_PER_SECOND);

        Instant again = Instant.now();
        network.startWebServer(2);
        timeline.say(again, "web2 starts again");
        awaitAnswers(again, List.of("web2"));
        timeline.say("web2 answers requests again");
    }

    private static boolean isDeathOfWeb2(String line) {
        return line.contains(Network.webAddress(2)) && line.contains("Removing ser");
    }

    private void directorDies(AddressWatch watch) {
        timeline.chapter("The master dies");
        table.chapter("the master dies");
        Instant died = first.kill();
        network.cut(network.lb1);
        timeline.say(died, "lb1 loses power: SIGKILL, no goodbye, no carrier");
        Instant taken = owned(watch, Network.SERVICE, died, second);
        timeline.say(taken, "lb2 owns 10.0.0.100");
        table.time(
                "a dead master is replaced",
                Duration.between(died, taken),
                MASTER_DOWN,
                "3 x 1 s + skew 156/256 s (RFC 3768, 5.3)");
        awaitAnswers(taken, Network.webNames());
        timeline.say("requests are answered again, through lb2");
        table.chapter("with one director");
        awaitMoreAnswers(ANSWERS_AFTERWARDS);
    }

    private void directorReturns(AddressWatch watch) {
        timeline.chapter("It returns");
        table.chapter("the master returns");
        network.power(network.lb1);
        Instant back = Instant.now();
        first.start();
        timeline.say(back, "lb1 has power again, and starts Holdfast");
        Instant owned = owned(watch, Network.SERVICE, back, first);
        timeline.say(owned, "lb1 owns 10.0.0.100 again: it has the higher priority");
        awaitAnswers(owned, Network.webNames());
        awaitMoreAnswers(ANSWERS_AFTERWARDS);
    }

    private void configurationChanges(AddressWatch watch) {
        timeline.chapter("The configuration changes");
        table.chapter("the configuration changes");
        Instant asked = first.reload(Network.configuration(network.lb1, 150, Network.ADDED));
        second.reload(Network.configuration(network.lb2, 100, Network.ADDED));
        timeline.say(asked, "both directors are asked to load one more address (SIGHUP)");
        Instant added = owned(watch, Network.ADDED, asked, first);
        timeline.say(added, "lb1 owns 10.0.0.101 too");
        table.time(
                "a reload takes effect",
                Duration.between(asked, added),
                AT_ONCE,
                "no role changes");
        awaitMoreAnswers(REQUESTS_PER_SECOND);
        List<String> changed =
                watch.changes().stream()
                        .filter(change -> !change.at().isBefore(asked))
                        .map(AddressChange::address)
                        .toList();
        if (!changed.equals(List.of(Network.ADDED))) {
            throw new AssertionError("the reload touched other addresses: " + changed);
        }
        timeline.say("nothing else has changed");
    }

    private static Instant owned(AddressWatch watch, String address, Instant since, Daemon by) {
        return Await.value(
                by.host().label() + " owns " + address,
                LIMIT,
                () -> watch.added(address, since),
                by::log);
    }

    private void awaitAnswers(Instant since, List<String> servers) {
        Await.until(
                "answers of " + servers,
                LIMIT,
                () -> traffic.isAnsweredSince(since, servers),
                () -> first.log() + second.log());
    }

    /// Lets the client go on for so many answers, so that there is something to count.
    private void awaitMoreAnswers(int count) {
        Instant from = Instant.now();
        Await.until(
                count + " more answers",
                LIMIT,
                () -> {
                    List<Request> requests = traffic.between(from, Instant.MAX);
                    return requests.stream().filter(r -> r.answeredBy().isPresent()).count()
                            >= count;
                },
                () -> first.log() + second.log());
    }
}
