package holdfast.daemon.balance;

import holdfast.balance.Protocol;
import holdfast.balance.ServiceKey;
import holdfast.net.Endpoint;
import holdfast.net.Family;
import holdfast.net.IpAddress;
import holdfast.netlink.Bytes;
import holdfast.netlink.nft.NftFamily;
import holdfast.netlink.nft.SetElement;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Elements of our maps, read back as services and servers.
final class NatReading {

    private NatReading() {}

    /// The service that an element of one of the entrance maps leads to.
    static Optional<ServiceKey.Single> key(NftFamily family, String map, SetElement element) {
        Family addresses = family == NftFamily.IP6 ? Family.INET6 : Family.INET;
        Bytes key = bytes(element.key());
        if (NatTable.isByMark(map)) {
            return Optional.of(new ServiceKey.Mark(key.u32(0), addresses));
        }
        Optional<IpAddress> address = key.from(4).address(addresses);
        Optional<Protocol> protocol =
                Arrays.stream(Protocol.values())
                        .filter(one -> one.number() == key.u8(0))
                        .findFirst();
        return address.flatMap(
                it ->
                        protocol.map(
                                one ->
                                        new ServiceKey.Address(
                                                one,
                                                new Endpoint(
                                                        it,
                                                        key.bigU16(4 + addresses.bits() / 8)))));
    }

    /// How many slots each server has.
    static DataPlane.Held held(ServiceKey.Single key, List<SetElement> slots) {
        Map<Endpoint, Integer> weights = new LinkedHashMap<>();
        for (SetElement slot : slots) {
            if (slot.value() instanceof SetElement.Value.Data(var octets)) {
                Bytes value = bytes(octets);
                int addressBytes = key.family().bits() / 8;
                value.address(key.family())
                        .map(address -> new Endpoint(address, value.bigU16(addressBytes)))
                        .ifPresent(endpoint -> weights.merge(endpoint, 1, Integer::sum));
            }
        }
        return new DataPlane.Held(key, weights);
    }

    private static Bytes bytes(byte[] octets) {
        return Bytes.of(ByteBuffer.wrap(octets).order(ByteOrder.nativeOrder()));
    }
}
