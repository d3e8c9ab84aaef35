package holdfast.lab.equality;

/// Where Debian's keepalived departs from what its own manual says.
enum Remark {
    THRESHOLDS("2.2.7 does not tell the kernel of thresholds that a reload changes."),
    DEAD_RETURN(
            "A server that is down, and whose way of forwarding a reload changes, is put back into"
                    + " service by 2.2.7, and stays there until it has been up."),
    SORRY_INHIBIT(
            "Where a reload takes `sorry_server_inhibit` away, 2.2.7 leaves the sorry server at"
                    + " weight 0, also when it should serve."),
    GROUP_CHANGE(
            "Where a reload changes an entry of a group, 2.2.7 takes the new one in and forgets"
                    + " about the old one, which stays in the kernel, beyond the stop; where it"
                    + " only grew, its servers are said anew."),
    STATUS_ZERO(
            "After a reload, 2.2.7 takes the status 0 of a script with `misc_dynamic` for a weight"
                    + " of 0 when its server comes up, until the status changes.");

    private final String text;

    Remark(String text) {
        this.text = text;
    }

    String text() {
        return text;
    }
}
