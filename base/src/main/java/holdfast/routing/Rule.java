package holdfast.routing;

import holdfast.net.Family;
import holdfast.net.IpPrefix;
import java.util.Optional;

/// A routing policy rule (ip-rule(8)).
///
/// @param priority rules are asked in the order of it, the least first
/// @param protocol who added it, `RTPROT_*`
public record Rule(Family family, int priority, Match match, Action action, int protocol) {

    public static final int FR_ACT_TO_TBL = 1;
    public static final int FR_ACT_GOTO = 2;
    public static final int FR_ACT_NOP = 3;
    public static final int FR_ACT_BLACKHOLE = 6;
    public static final int FR_ACT_UNREACHABLE = 7;
    public static final int FR_ACT_PROHIBIT = 8;

    /// Numbers from `first` to `last`, both included.
    public record Range(int first, int last) {}

    /// `packet mark & mask` has to be `value`; mask 0 is no condition.
    public record Mark(int value, int mask) {
        public static final Mark ANY = new Mark(0, 0);
    }

    /// Which packets it is for: those that fulfil every condition.
    ///
    /// @param inverted for all others instead
    /// @param tos 0 is no condition; so are the zeros of the other numbers
    public record Match(
            boolean inverted,
            Optional<IpPrefix> from,
            Optional<IpPrefix> to,
            Optional<String> inputInterface,
            Optional<String> outputInterface,
            int tos,
            Mark mark,
            Optional<Range> users,
            int ipProtocol,
            Optional<Range> sourcePorts,
            Optional<Range> destinationPorts,
            long tunnel) {

        /// Packets between two places; empty is anywhere.
        public static Match between(Optional<IpPrefix> from, Optional<IpPrefix> to) {
            return new Match(
                    false,
                    from,
                    to,
                    Optional.empty(),
                    Optional.empty(),
                    0,
                    Mark.ANY,
                    Optional.empty(),
                    0,
                    Optional.empty(),
                    Optional.empty(),
                    0);
        }
    }

    /// What becomes of them.
    ///
    /// @param kind `FR_ACT_*`
    /// @param table to look up, for [#FR_ACT_TO_TBL]
    /// @param target the priority to go on at, for [#FR_ACT_GOTO]
    /// @param ofDevice the table is that of the packet's VRF
    /// @param realms `source << 16 | destination`, 0 for none
    /// @param suppressLength routes of this prefix length or less do not count
    /// @param suppressGroup routes through interfaces of this group do not count
    public record Action(
            int kind,
            int table,
            int target,
            boolean ofDevice,
            int realms,
            Optional<Integer> suppressLength,
            Optional<Integer> suppressGroup) {

        public static Action lookUp(int table) {
            return new Action(
                    FR_ACT_TO_TBL, table, 0, false, 0, Optional.empty(), Optional.empty());
        }
    }
}
