/// A failover to watch: two directors, three web servers and a client, in namespaces.
///
/// [Demo] is the program; it prints what happens when it happens, and what it came to at the end.
/// [Client], [WebServer] and [AdvertListener] are programs of their own, which run in the hosts.
package holdfast.lab.demo;
