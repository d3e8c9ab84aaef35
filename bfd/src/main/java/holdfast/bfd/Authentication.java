package holdfast.bfd;

import java.util.List;

/// How the packets of a session are authenticated (RFC 5880, section 6.7).
///
/// Both sides have to agree. Where that changes by a reload on one side only, the session fails
/// until the other follows; keys can be exchanged without that, by having both for a while.
public sealed interface Authentication {

    /// Not at all, and what is authenticated all the same does not count.
    record None() implements Authentication {}

    /// By a hash over each packet that needs the key, and by a number that keeps old ones from
    /// counting again (section 6.7.4).
    ///
    /// @param keys those that are believed, by different numbers
    /// @param activeKey the number of the one that is used to send
    /// @param meticulous whether each packet has a number of its own, so that none counts twice
    record KeyedSha1(List<AuthenticationKey> keys, int activeKey, boolean meticulous)
            implements Authentication {

        public KeyedSha1 {
            keys = List.copyOf(keys);
            if (keys.stream().map(AuthenticationKey::id).distinct().count() < keys.size()) {
                throw new IllegalArgumentException("two keys have one number");
            }
            if (keys.stream().noneMatch(key -> key.id() == activeKey)) {
                throw new IllegalArgumentException("no such key: " + activeKey);
            }
        }
    }
}
