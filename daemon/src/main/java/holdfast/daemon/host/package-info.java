/// The host as a configuration sees it: its files, programs, accounts and interfaces.
package holdfast.daemon.host;
