package holdfast.config;

import holdfast.net.Endpoint;
import holdfast.net.Family;
import holdfast.net.IpAddress;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The addresses and marks of a `virtual_server_group`.
record ServerGroup(List<Range> ranges, List<Mark> marks) {

    /// @param port 0 for every port
    record Range(IpAddress first, IpAddress last, int port) {

        BigInteger count() {
            return number(last).subtract(number(first)).add(BigInteger.ONE);
        }

        private void spell(List<Endpoint> out) {
            int bytes = first.family().bits() / 8;
            BigInteger address = number(first);
            for (int i = 0; i < count().intValue(); i++) {
                out.add(new Endpoint(IpAddress.of(octets(address, bytes)), port));
                address = address.add(BigInteger.ONE);
            }
        }
    }

    /// @param mark not 0
    record Mark(int mark, Optional<Family> family) {}

    ServerGroup {
        ranges = List.copyOf(ranges);
        marks = List.copyOf(marks);
    }

    /// Ranges spelled out.
    List<Endpoint> endpoints() {
        List<Endpoint> endpoints = new ArrayList<>();
        ranges.forEach(range -> range.spell(endpoints));
        return endpoints;
    }

    static BigInteger number(IpAddress address) {
        return new BigInteger(1, address.octets());
    }

    static IpAddress address(BigInteger number, Family family) {
        return IpAddress.of(octets(number, family.bits() / 8));
    }

    private static byte[] octets(BigInteger number, int count) {
        byte[] octets = new byte[count];
        byte[] significant = number.toByteArray();
        int length = Math.min(significant.length, count);
        System.arraycopy(significant, significant.length - length, octets, count - length, length);
        return octets;
    }
}
