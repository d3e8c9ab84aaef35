/// Nftables through nfnetlink (linux/netfilter/nf_tables.h).
///
/// [NftBatch] writes a transaction: everything between its beginning and its end happens at once
/// or not at all. [Expression] is what rules are made of, [SetSpec] and [SetElement] what sets and
/// maps are made of, and [NftReading] takes answers apart. The words are those of nft(8).
package holdfast.netlink.nft;
