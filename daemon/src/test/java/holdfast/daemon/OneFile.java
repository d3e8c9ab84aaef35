package holdfast.daemon;

import holdfast.config.ConfigurationLoader;
import holdfast.config.HostFacts;
import holdfast.config.Loaded;
import holdfast.config.Reading;
import holdfast.config.SourceReader;
import holdfast.net.IpAddress;
import holdfast.script.Identity;
import java.util.List;
import java.util.Optional;

/// A configuration of one file, on a host that has one interface, `eth0`.
public record OneFile(String text) implements SourceReader, HostFacts {

    public static Loaded load(String text) {
        OneFile file = new OneFile(text);
        return ConfigurationLoader.load(
                new Reading("/test.conf", "/", "host", 1, false), file, file);
    }

    @Override
    public Read read(String path) {
        return path.equals("/test.conf")
                ? new Read.Text(text)
                : new Read.Unreadable(true, "no such file");
    }

    @Override
    public List<String> match(String pattern, String directory) {
        return List.of();
    }

    @Override
    public String hostName() {
        return "host";
    }

    @Override
    public Optional<Link> link(String name) {
        return name.equals("eth0") ? Optional.of(new Link(false, true, 1500)) : Optional.empty();
    }

    @Override
    public Optional<Integer> interfaceGroup(String name) {
        return Optional.empty();
    }

    @Override
    public Optional<Identity> identity(String user, Optional<String> group) {
        return user.equals("root") ? Optional.of(self()) : Optional.empty();
    }

    @Override
    public List<Integer> groups(String user, int gid) {
        return List.of(gid);
    }

    @Override
    public Identity self() {
        return new Identity("root", 0, 0);
    }

    @Override
    public Program program(String path) {
        return new Program(path, true, true, false, Optional.empty());
    }

    @Override
    public boolean hasIpvs() {
        return true;
    }

    @Override
    public List<IpAddress> lookUp(String name) {
        return List.of();
    }

    @Override
    public Optional<String> environment(String name) {
        return Optional.empty();
    }

    @Override
    public Optional<KeyFile> keyFile(String path) {
        return Optional.empty();
    }

    @Override
    public Optional<String> text(String path) {
        return Optional.empty();
    }

    @Override
    public Optional<String> unwatchable(String directory) {
        return Optional.empty();
    }

    @Override
    public List<String> files(String directory) {
        return List.of();
    }

    @Override
    public boolean isDirectory(String path) {
        return true;
    }
}
