package holdfast.netlink.nft;

import holdfast.net.IpAddress;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// The bytes of a key or value of one or several fields, each padded to four bytes.
public final class Fields {

    private final ByteOrder order;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    /// @param order of the host, for marks and other plain numbers
    public Fields(ByteOrder order) {
        this.order = order;
    }

    public Fields() {
        this(ByteOrder.nativeOrder());
    }

    public Fields protocol(int number) {
        out.write(number);
        return padded(1);
    }

    public Fields address(IpAddress address) {
        out.writeBytes(address.octets());
        return this;
    }

    /// A port, in network order.
    public Fields service(int port) {
        out.write(port >>> 8);
        out.write(port);
        return padded(2);
    }

    /// A mark or another number, in the order of the host.
    public Fields number(int value) {
        out.writeBytes(ByteBuffer.allocate(4).order(order).putInt(value).array());
        return this;
    }

    /// The name of an interface.
    public Fields interfaceName(String name) {
        byte[] octets = name.getBytes(StandardCharsets.ISO_8859_1);
        out.writeBytes(Arrays.copyOf(octets, DataType.INTERFACE_NAME.bytes()));
        return this;
    }

    public byte[] octets() {
        return out.toByteArray();
    }

    private Fields padded(int bytes) {
        for (int i = bytes; i < 4; i++) {
            out.write(0);
        }
        return this;
    }
}
