package holdfast.daemon;

import holdfast.balance.BalanceEffect;
import holdfast.bfd.BfdEffect;
import holdfast.vrrp.VrrpEffect;

/// Where a role says what happened. Log lines, notify scripts and FIFOs are renderings of it.
///
/// Safe to call from every thread, and never blocks: what cannot be kept is dropped and counted.
public interface Reporter {

    /// @param fact one of the effects that ask for nothing but say what is now so
    void vrrp(VrrpEffect fact);

    /// @param fact one of the effects that ask for nothing but say what is now so
    void balance(BalanceEffect fact);

    /// @param fact one of the effects that ask for nothing but say what is now so
    void bfd(BfdEffect fact);

    /// A line about the work itself, for example a system call that failed.
    void log(Level level, String line);
}
