package holdfast.sim;

/// What must always be so, each with the sentence that says it.
enum Law implements Rule {
    NO_ACCIDENT("No event makes the core throw anything."),
    AWAKE("A deadline that was served is over: nobody wakes itself for ever."),
    ADDRESSES("A master owns all of its addresses, and nobody else owns one of them."),
    ROUTES("A master owns all of its routes, and nobody else owns one of them."),
    STATICS("What is static is there from start to stop, whoever is master."),
    SHUT("A master that accepts no packets drops them from before it claims; nobody else does."),
    TAKEOVER_ORDER(
            "A new master sends an advert, then claims addresses and routes, and then announces."),
    RESIGNATION(
            "Who leaves mastership on its own sends priority 0 first; who is outranked does not."),
    GROUP_OF_ONE_MIND("The members of a group are masters together or not at all."),
    TRUE_FAULTS("A router is in FAULT if and only if what it was told amounts to a fault."),
    TRUE_PRIORITY("The priority is the base and what tracked things add to it, from 1 to 254."),
    RELOAD_WITHOUT_NEWS("The same orders again have no effect at all."),
    UNCHANGED_UNTOUCHED("A reload has no effect on a router whose orders did not change."),
    RELOAD_KEEPS_ROLES("A reload makes nobody master or backup who was something else."),
    LISTS("A reload claims what is new in the lists, releases what is gone, and leaves the rest."),
    NUMBERS("Sequence numbers and stamps of what a router sends only grow, through reloads too."),
    ONCE("An advert that carries a number or a stamp counts once, and never after a later one."),
    MEMORY("Counters never decrease; they, a role's beginning and its master outlive reloads."),
    BOOKS("What was counted is what was sent, and mastership gained less that lost is the role."),
    PATIENCE("A backup becomes master no earlier than the master-down time allows."),
    DILIGENCE("A backup means to become master no later than the master-down time."),
    PUNCTUALITY("An advert comes at most a tenth of its interval late, whatever else is to do."),
    RESTRAINT("A router sends no more adverts than its interval and what it hears call for."),
    STOP("Who was told to stop has stopped, and holds nothing."),
    READY("In the calm all is known: nobody waits to begin."),
    ONE_MASTER("In a calm and connected segment each virtual router has one master."),
    RANK("In the calm nobody who may preempt outranks the master."),
    CALM("In the calm no role changes."),
    AGREEMENT("In the calm all members of a group have the same role."),
    ALLEGIANCE("In the calm every backup knows who the master is."),
    SILENCE("In the calm only masters send, one advert an interval."),
    SUCCESSION("When a settled master stops or dies, the next is there within the time for it."),
    NOTHING_LEFT("When all have stopped, no virtual address is left anywhere.");

    private final String sentence;

    Law(String sentence) {
        this.sentence = sentence;
    }

    @Override
    public String sentence() {
        return sentence;
    }
}
