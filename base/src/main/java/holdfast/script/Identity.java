package holdfast.script;

/// The account a script runs as, resolved when the configuration was read.
public record Identity(String user, int uid, int gid) {}
