package holdfast.sim.sessions;

import holdfast.sim.Rule;

/// What must always be so of BFD sessions, each with the sentence that says it.
public enum SessionLaw implements Rule {
    NO_ACCIDENT("No event makes the core throw anything."),
    AWAKE("A deadline that was served is over: nobody wakes itself for ever."),
    TRANSITIONS("A state changes only by what section 6.8.6 of RFC 5880 says, or by silence."),
    DETECTION("A session expires when nothing was heard for the detection time, and not before."),
    TOGETHER("Nobody stays Up for longer than its detection time while the other side is not."),
    TOLERANCE("No session expires while fewer packets in a row are lost than the multiplier says."),
    RESTRAINT("Packets come no closer than both sides want, less a quarter, unless with news."),
    DILIGENCE("Whoever may send does so before the interval is over."),
    ANSWERS("A poll that counts is answered at once, and nothing else is."),
    GENUINE("What was made without the key, or heard before, does not count."),
    PASSIVE("Who is passive says nothing before it is spoken to."),
    DISCRIMINATORS("A discriminator is not zero, and the same after a failure."),
    VERDICTS("Who tracks a session is told when it comes up, and when it fails."),
    RELOAD_WITHOUT_NEWS("The same orders again send nothing and change nothing."),
    RELOAD_KEEPS("Other timers or keys change no state, and send nothing at once."),
    STOP("Who was told to stop says goodbye if asked, and nothing more."),
    COMES_UP("In the calm both sides are Up within the time for it, unless both are passive."),
    NEGOTIATED("In the calm both sides go by the intervals that follow from what both want."),
    CALM("In the calm no state changes."),
    CUT("When a calm link is cut, both sides know within their detection times.");

    private final String sentence;

    SessionLaw(String sentence) {
        this.sentence = sentence;
    }

    @Override
    public String sentence() {
        return sentence;
    }
}
