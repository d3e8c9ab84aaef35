package holdfast.netlink.rt;

import holdfast.net.Family;
import holdfast.net.IpPrefix;
import java.util.Optional;

/// A routing policy rule.
///
/// @param inverted the rule is for packets that do not match
/// @param from length 0 is no condition
/// @param mark matches `packet mark & markMask`; mask 0 is no condition
/// @param action `FR_ACT_*`
/// @param table for [#FR_ACT_TO_TBL]
/// @param target the priority to go on at, for [#FR_ACT_GOTO]
/// @param protocol who added it, `RTPROT_*`
public record Rule(
        Family family,
        boolean inverted,
        Optional<IpPrefix> from,
        Optional<IpPrefix> to,
        Optional<String> inputInterface,
        Optional<String> outputInterface,
        int tos,
        int mark,
        int markMask,
        int action,
        int table,
        int target,
        int priority,
        int protocol) {

    public static final int FR_ACT_TO_TBL = 1;
    public static final int FR_ACT_GOTO = 2;
    public static final int FR_ACT_NOP = 3;
    public static final int FR_ACT_BLACKHOLE = 6;
    public static final int FR_ACT_UNREACHABLE = 7;
    public static final int FR_ACT_PROHIBIT = 8;
}
