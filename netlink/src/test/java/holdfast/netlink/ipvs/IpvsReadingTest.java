package holdfast.netlink.ipvs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import holdfast.net.Family;
import holdfast.netlink.Golden;
import holdfast.netlink.Message;
import holdfast.netlink.MessageWriter;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What was recorded from a kernel is read as ipvsadm printed it.
class IpvsReadingTest {

    private static <T extends IpvsReading> List<T> recorded(String name, Class<T> kind) {
        return Golden.recorded("ipvs/" + name).stream()
                .flatMap(message -> IpvsReading.of(message, IpvsWriterTest.IPVS).stream())
                .filter(kind::isInstance)
                .map(kind::cast)
                .toList();
    }

    @Test
    void servicesAreListed() {
        List<IpvsService> services =
                recorded("listing.hex", IpvsReading.ServiceFound.class).stream()
                        .map(IpvsReading.ServiceFound::service)
                        .toList();
        assertEquals(6, services.size());
        assertEquals(IpvsWriterTest.service(IpvsWriterTest.MARK, "wlc", 0, 0), services.getFirst());
        assertEquals(new IpvsKey.Mark(8, Family.INET6), services.get(1).key());
        IpvsService sip = find(services, IpvsWriterTest.address(17, "192.0.2.1", 5060));
        assertEquals(Optional.of("sip"), sip.engine());
        assertEquals(24, sip.granularity());
        assertEquals(60, sip.timeoutSeconds());
        assertEquals(64, find(services, IpvsWriterTest.WEB6).granularity());
    }

    private static IpvsService find(List<IpvsService> services, IpvsKey key) {
        return services.stream()
                .filter(service -> service.key().equals(key))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void destinationsAreListed() {
        List<IpvsDestination> rows =
                recorded("listing.hex", IpvsReading.DestinationFound.class).stream()
                        .map(IpvsReading.DestinationFound::destination)
                        .toList();
        assertEquals(
                List.of(
                        IpvsWriterTest.row("10.0.0.2", 80, IpvsDestination.Method.DIRECT, 1),
                        IpvsWriterTest.row("10.0.0.1", 8080, IpvsDestination.Method.MASQUERADE, 7),
                        IpvsWriterTest.row("2001:db8::2", 443, IpvsDestination.Method.DIRECT, 1),
                        IpvsWriterTest.tunnel("10.0.0.5", IpvsDestination.TUNNEL_GRE, 0, 1),
                        IpvsWriterTest.tunnel("10.0.0.4", IpvsDestination.TUNNEL_GUE, 6080, 2),
                        IpvsWriterTest.row("10.0.0.3", 0, IpvsDestination.Method.TUNNEL, 0)),
                rows);
    }

    @Test
    void daemonsTimeoutsAndTheFamilyAreRead() {
        assertEquals(
                IpvsWriterTest.fullDaemon(),
                recorded("daemons.hex", IpvsReading.DaemonFound.class).getFirst().daemon());
        assertEquals(
                List.of(new IpvsReading.TimeoutsFound(new IpvsTimeouts(100, 20, 30))),
                recorded("timeouts.hex", IpvsReading.TimeoutsFound.class));
        assertEquals(
                Optional.of(IpvsWriterTest.IPVS),
                GenericFamily.of(Golden.recorded("ipvs/family.hex").getFirst()));
        assertEquals(
                0x010201,
                recorded("listing.hex", IpvsReading.InfoFound.class).getFirst().version());
    }

    @Test
    void whatIsWrittenReadsBackTheSame() {
        for (Message message : Golden.recorded("ipvs/listing.hex")) {
            Optional<IpvsReading> reading = IpvsReading.of(message, IpvsWriterTest.IPVS);
            reading.ifPresent(
                    found ->
                            assertEquals(
                                    core(found),
                                    written(found).map(IpvsReadingTest::core).orElseThrow()));
        }
    }

    private static Object core(IpvsReading reading) {
        return switch (reading) {
            case IpvsReading.ServiceFound(var service, _) -> service;
            case IpvsReading.DestinationFound(var row, _, _, _, _) -> row;
            case IpvsReading.DaemonFound(var daemon) -> daemon;
            case IpvsReading.TimeoutsFound(var timeouts) -> timeouts;
            case IpvsReading.InfoFound _ -> "info";
        };
    }

    private static Optional<IpvsReading> written(IpvsReading reading) {
        MessageWriter out = Golden.writer();
        IpvsWriter writer = new IpvsWriter(out, IpvsWriterTest.IPVS);
        switch (reading) {
            case IpvsReading.ServiceFound(var service, _) -> writer.addService(1, service);
            case IpvsReading.DestinationFound(var row, _, _, _, _) ->
                    writer.addDestination(1, IpvsWriterTest.WEB, row);
            case IpvsReading.DaemonFound(var daemon) -> writer.startDaemon(1, daemon);
            case IpvsReading.TimeoutsFound(var timeouts) -> writer.setTimeouts(1, timeouts);
            case IpvsReading.InfoFound _ -> {
                return Optional.of(reading);
            }
        }
        return IpvsReading.of(Message.in(out.batch()).getFirst(), IpvsWriterTest.IPVS);
    }
}
