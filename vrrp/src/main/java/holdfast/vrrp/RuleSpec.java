package holdfast.vrrp;

import holdfast.routing.Rule;

/// A policy rule to be there.
public record RuleSpec(Rule rule, boolean tracked) implements Routing {}
