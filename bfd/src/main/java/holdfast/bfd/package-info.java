/// Bidirectional forwarding detection (RFC 5880, 5881, 5883) for all sessions of one host.
///
/// Start at [holdfast.bfd.BfdNode#on]: one [holdfast.bfd.BfdEvent] goes in, any number of
/// [holdfast.bfd.BfdEffect]s come out. Time comes in with the event; the next moment the node
/// wants to be woken is [holdfast.bfd.BfdNode#deadline].
///
/// Behind it: `Session` decides about one neighbour in the states of `State`; `PacketCodec` reads
/// and writes packets, `Seal` authenticates them; `Pace` knows what both sides agreed on about
/// their intervals, `Poll` asks the neighbour to agree; `Lots` draws discriminators and jitter from
/// a seed.
///
/// No I/O, no clock, no threads here; chance comes in as a seed.
package holdfast.bfd;
