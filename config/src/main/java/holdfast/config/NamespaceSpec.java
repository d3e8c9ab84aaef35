package holdfast.config;

import java.util.Optional;

/// In which network namespaces the daemon lives and works.
///
/// @param network where all of it lives, by name; the command line may say another
/// @param ipvs where the virtual services of the kernel are
public record NamespaceSpec(Optional<String> network, Ipvs ipvs) {

    /// What holds when nothing is said.
    public static final NamespaceSpec PLAIN =
            new NamespaceSpec(Optional.empty(), new Ipvs.AsTheRest());

    /// Where virtual services are; their checks are made elsewhere.
    public sealed interface Ipvs {

        record AsTheRest() implements Ipvs {}

        /// Where the daemon was when it started.
        record WhereWeStarted() implements Ipvs {}

        record Named(String name) implements Ipvs {}
    }
}
