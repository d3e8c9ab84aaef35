package holdfast.vrrp;

/// Something that steers packets, and comes and goes with a master: a route or a policy rule.
public sealed interface Routing permits RouteSpec, RuleSpec {

    /// Whether it matters that somebody else removes it.
    boolean tracked();
}
