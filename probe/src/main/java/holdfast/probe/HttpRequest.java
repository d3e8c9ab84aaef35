package holdfast.probe;

import holdfast.net.Endpoint;
import holdfast.net.Family;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// The request that a check makes, byte for byte as servers know it from Keepalived.
final class HttpRequest {

    private HttpRequest() {}

    /// @param host the `Host` header; the target when it is empty
    static ByteBuffer get(
            String path, HttpSpec.Protocol protocol, Optional<String> host, Endpoint target) {
        StringBuilder request = new StringBuilder("GET ").append(path);
        request.append(
                switch (protocol) {
                    case HTTP_1_0 -> " HTTP/1.0\r\nUser-Agent: KeepAliveClient\r\n";
                    case HTTP_1_0_CLOSE ->
                            " HTTP/1.0\r\nUser-Agent: KeepAliveClient\r\nConnection: close\r\n";
                    case HTTP_1_1 ->
                            " HTTP/1.1\r\nUser-Agent: KeepAliveClient\r\nConnection: close\r\n";
                });
        request.append("Host: ").append(host.orElseGet(() -> name(target)));
        request.append("\r\n\r\n");
        byte[] bytes = request.toString().getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.wrap(bytes).asReadOnlyBuffer();
    }

    private static String name(Endpoint target) {
        String address = target.address().toString();
        boolean bracketed = target.address().family() == Family.INET6;
        return (bracketed ? "[" + address + "]" : address) + ":" + target.port();
    }
}
