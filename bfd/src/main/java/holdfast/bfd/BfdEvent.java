package holdfast.bfd;

import holdfast.wire.Datagram;

/// Everything that can happen to the sessions of a host. All may repeat harmlessly.
public sealed interface BfdEvent {

    /// A deadline has come; early, late, or repeated ones do no harm.
    record DeadlineReached() implements BfdEvent {}

    /// A datagram on one of the ports of BFD.
    ///
    /// @param multihop whether it came to the port of RFC 5883
    /// @param datagram with the payload of UDP
    record PacketReceived(boolean multihop, Datagram datagram) implements BfdEvent {}

    /// [BfdEffect.OpenSender] was carried out.
    record SenderReady(String session) implements BfdEvent {}

    /// [BfdEffect.OpenSender] could not be carried out. It will be asked for again.
    record SenderFailed(String session) implements BfdEvent {}

    /// The orders: the first ones, or new ones, of which the difference is carried out.
    record Respecified(BfdSpec next) implements BfdEvent {}

    /// End all sessions, for good.
    record StopRequested() implements BfdEvent {}
}
