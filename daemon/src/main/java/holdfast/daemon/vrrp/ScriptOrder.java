package holdfast.daemon.vrrp;

import holdfast.vrrp.VrrpEffect.RunScript;

/// What the loop asks of the thread that runs scripts.
sealed interface ScriptOrder {

    record Run(RunScript effect) implements ScriptOrder {}

    /// End all scripts, and then yourself.
    record Stop() implements ScriptOrder {}
}
