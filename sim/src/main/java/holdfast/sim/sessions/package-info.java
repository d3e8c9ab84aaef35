/// BFD sessions between two hosts in bad weather; [holdfast.sim.sessions.SessionStory] plays one
/// pair.
package holdfast.sim.sessions;
