/// IPVS through generic netlink (linux/ip_vs.h).
///
/// [GenericFamily] asks for the number under which IPVS speaks; [IpvsWriter] makes commands with
/// it, and [IpvsReading] takes answers apart. The words are those of ipvsadm(8).
package holdfast.netlink.ipvs;
