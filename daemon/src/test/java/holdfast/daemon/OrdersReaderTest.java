package holdfast.daemon;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import holdfast.linux.Pipe;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

class OrdersReaderTest {

    private static void write(Pipe pipe, byte[] bytes) {
        ByteBuffer rest = ByteBuffer.wrap(bytes);
        while (rest.hasRemaining()) {
            pipe.writer().write(rest);
        }
    }

    @Test
    void framesComeWholeHoweverThePipeCutsThem() throws Exception {
        byte[] large = new byte[300_000];
        new Random(7).nextBytes(large);
        try (Pipe pipe = Pipe.open()) {
            Thread writer =
                    new Thread(
                            () -> {
                                write(
                                        pipe,
                                        "config 1 3\nabcdump\n".getBytes(StandardCharsets.UTF_8));
                                write(pipe, "config 2 300000\n".getBytes(StandardCharsets.UTF_8));
                                write(pipe, large);
                                write(
                                        pipe,
                                        "same 3\nsession up a b\n"
                                                .getBytes(StandardCharsets.UTF_8));
                                write(pipe, "stop\n".getBytes(StandardCharsets.UTF_8));
                            });
            writer.start();
            OrdersReader reader = new OrdersReader(pipe.reader());
            var first = assertInstanceOf(OrdersReader.Order.Configure.class, reader.await());
            assertEquals("abc", new String(first.source(), StandardCharsets.UTF_8));
            assertEquals(new OrdersReader.Order.Dump(), reader.await());
            var second = assertInstanceOf(OrdersReader.Order.Configure.class, reader.await());
            assertEquals(2, second.number());
            assertArrayEquals(large, second.source());
            assertEquals(new OrdersReader.Order.Repeat(3), reader.await());
            assertEquals(new OrdersReader.Order.SessionIs("a b", true), reader.await());
            assertEquals(new OrdersReader.Order.Stop(), reader.await());
            writer.join();
        }
    }

    @Test
    void theEndOfThePipeIsTheEnd() throws Exception {
        try (Pipe pipe = Pipe.open()) {
            write(pipe, "config 1 100\nab".getBytes(StandardCharsets.UTF_8));
            pipe.writer().close();
            assertEquals(new OrdersReader.Order.Stop(), new OrdersReader(pipe.reader()).await());
        }
    }

    @Test
    void otherWordsAreNoOrders() throws Exception {
        try (Pipe pipe = Pipe.open()) {
            write(pipe, "dance\n".getBytes(StandardCharsets.UTF_8));
            OrdersReader reader = new OrdersReader(pipe.reader());
            assertThrows(IOException.class, reader::await);
        }
    }
}
