/// Netlink as bytes: rtnetlink, generic netlink for IPVS, and nfnetlink for nftables.
package holdfast.netlink;
