/// Real daemons on real kernels, in network namespaces made for the purpose.
///
/// [Lab] is the entry point: it makes [Host]s and [Wire]s, and takes all of them away again. A
/// [Daemon] is Holdfast or keepalived, started in a host by the same words; a [Capture] says what
/// was on a wire, and an [AddressWatch] which addresses came and went. Everything is waited for by
/// [Await], never slept for.
///
/// Nothing here touches the network of the machine itself.
package holdfast.lab;
