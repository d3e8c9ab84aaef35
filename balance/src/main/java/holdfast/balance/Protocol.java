package holdfast.balance;

/// A transport protocol, with its IP protocol number.
public enum Protocol {
    TCP(6, "tcp"),
    UDP(17, "udp"),
    SCTP(132, "sctp");

    private final int number;
    private final String word;

    Protocol(int number, String word) {
        this.number = number;
        this.word = word;
    }

    public int number() {
        return number;
    }

    public String word() {
        return word;
    }
}
