/// Rtnetlink: links, addresses, routes and rules (rtnetlink(7)).
///
/// Each kind has a record and a codec with the same words as `ip(8)`: `dump`, `add`, `replace`,
/// `delete`. [RtNotice] decodes whatever arrives, be it an answer or a notification; the groups to
/// listen to are in [RtGroup].
package holdfast.netlink.rt;
