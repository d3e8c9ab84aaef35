/// Mail as text: what it looks like, and the conversation that hands it over. Pure.
package holdfast.report.mail;
