/// Connection tracking through nfnetlink (linux/netfilter/nfnetlink_conntrack.h): which connections
/// there are.
package holdfast.netlink.conntrack;
