package holdfast.linux;

/// A pipe, both ends blocking and closed for other programs. Close one end to leave it to a child.
public record Pipe(Fd reader, Fd writer) implements AutoCloseable {

    public static Pipe open() throws SyscallException {
        Libc libc = Libc.here();
        SyscallException.check("make a pipe", libc.pipe2(libc.scratch().at(0), Libc.O_CLOEXEC));
        int reader = libc.scratch().view().getInt(0);
        int writer = libc.scratch().view().getInt(Integer.BYTES);
        return new Pipe(Fd.made("make a pipe", reader), Fd.made("make a pipe", writer));
    }

    @Override
    public void close() {
        reader.close();
        writer.close();
    }
}
