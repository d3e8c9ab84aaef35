package holdfast.vrrp;

/// What an instance is now, in the words scripts and users know.
public enum Role {
    INIT,
    BACKUP,
    MASTER,
    FAULT,
    STOP,
    DELETED
}
