package holdfast.daemon.balance;

import holdfast.balance.BalanceEffect.PlaneCommand;
import holdfast.balance.Service;
import holdfast.balance.ServiceKey;
import holdfast.balance.Traffic;
import holdfast.linux.SyscallException;
import holdfast.net.Endpoint;
import holdfast.time.MonoTime;
import java.util.List;
import java.util.Map;

/// Where services are carried. Confined to one thread.
///
/// Commands may repeat: adding what is there edits it, removing what is not there is done already.
interface DataPlane extends AutoCloseable {

    /// As people call it.
    String name();

    /// Makes room for the kernel's answers (`lvs_netlink_cmd_rcv_bufs`).
    void makeRoom(int bytes, boolean forced) throws SyscallException;

    /// Takes over from whoever served before: after this the plane holds, for the services that
    /// the commands add, exactly what the commands add.
    List<Refusal> start(List<PlaneCommand> commands) throws SyscallException;

    /// Carries commands out, in order as far as it shows.
    List<Refusal> apply(List<PlaneCommand> commands) throws SyscallException;

    /// Removes every service, also those of others where the plane is shared.
    void flush() throws SyscallException;

    /// Removes whatever is ours and is still there; the end of a clean stop.
    void withdraw() throws SyscallException;

    /// Where the plane serves otherwise than the configuration says, in words.
    List<String> remarks(Service service);

    /// Services that the plane was told to hold and does not, because somebody took them away.
    ///
    /// @param thorough whether services count too that it holds otherwise than it was told, their
    ///     rows aside
    List<ServiceKey.Single> strays(boolean thorough) throws SyscallException;

    /// Whether it is looked for strays soon after a reload, and not with the next round: where a
    /// look costs little, and others are used to flush all that there is.
    boolean isLookedAtAfterReload();

    /// Whether a service has the rows that the plane was told; rows of others do not count.
    boolean holdsRows(ServiceKey.Single key) throws SyscallException;

    /// When [#onDeadline] should be called.
    MonoTime deadline();

    /// Looks after what the plane does by itself. Takes no longer than a few milliseconds.
    void onDeadline(MonoTime now) throws SyscallException;

    /// What has been counted for the services that the plane was told to hold.
    List<Traffic> traffic() throws SyscallException;

    /// What the plane really holds now.
    List<Held> present() throws SyscallException;

    /// Lets go of the kernel; services go on as they are.
    @Override
    void close();

    /// A command that could not be carried out.
    ///
    /// @param lost the plane does not hold what it was told before; all must be said again
    record Refusal(PlaneCommand command, String reason, boolean lost) {}

    /// A service with its rows.
    ///
    /// @param weights as the plane counts them, which may be in lowest terms
    record Held(ServiceKey.Single key, Map<Endpoint, Integer> weights) {}
}
