/// Netlink as bytes, whatever the family: messages, attributes, answers.
///
/// [MessageWriter] makes batches, [Message] takes datagrams apart, [Reply] says what an answer
/// means. Reading never throws: broken bytes end a list, and what is missing reads as zero. The
/// families are in the packages below: `rt` for rtnetlink, `ipvs` for generic netlink and IPVS,
/// `nft` for nfnetlink and nftables. No sockets here.
package holdfast.netlink;
