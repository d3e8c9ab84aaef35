package holdfast.bfd;

/// What goes beyond the protocol, or is a matter of taste, for all sessions.
///
/// @param standardJitter whether intervals are shortened by 0 to 25 %, and by 10 to 25 % only
///     with a multiplier of 1 (RFC 5880, section 6.8.7); otherwise always by 10 to 25 %
/// @param announcesStop whether neighbours are told `AdminDown` at the end
/// @param checksSource whether packets for a session have to come from its neighbour, also those
///     that know its discriminator
public record Conduct(boolean standardJitter, boolean announcesStop, boolean checksSource) {

    public static final Conduct USUAL = new Conduct(false, false, false);
}
