package holdfast.config;

import holdfast.vrrp.SyncGroupSpec;
import holdfast.vrrp.Tracking;
import holdfast.vrrp.VrrpSpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Binds `vrrp_sync_group` once all instances are known.
final class SyncGroupBinder {

    private final Context context;

    /// Which group has an instance already.
    private final Map<String, String> taken = new HashMap<>();

    SyncGroupBinder(Context context) {
        this.context = context;
    }

    /// @param tracking what each group tracks
    /// @param declared names of all instances of the text, also of those left out
    List<SyncGroupSpec> bind(
            List<Entry> groups,
            Map<String, Tracking> tracking,
            List<VrrpSpec> instances,
            Set<String> declared) {
        Map<String, VrrpSpec> byName =
                instances.stream().collect(Collectors.toMap(VrrpSpec::name, spec -> spec));
        List<SyncGroupSpec> bound = new ArrayList<>();
        for (Entry group : groups) {
            String name = group.text();
            List<String> members = members(group, byName.keySet(), declared);
            if (members.isEmpty()) {
                context.findings().error(group.word(0), "group '" + name + "' has no members");
                continue;
            }
            if (members.size() == 1) {
                context.findings().warning(group.word(0), "group '" + name + "' has one member");
            }
            owners(group, members, byName);
            bound.add(
                    new SyncGroupSpec(
                            name,
                            members,
                            tracking.getOrDefault(name, Tracking.NOTHING),
                            group.inner().has("sync_group_tracking_weight"),
                            new NotifyBinder(context).bind(group.inner())));
        }
        return bound;
    }

    private List<String> members(Entry group, Set<String> known, Set<String> declared) {
        List<String> members = new ArrayList<>();
        List<Entry> lists = group.inner().all("group");
        lists.stream()
                .skip(1)
                .forEach(
                        list ->
                                context.findings()
                                        .error(list.at(), "the members stand here already"));
        List<Word> names = lists.isEmpty() ? List.of() : lists.getFirst().listed();
        for (Word word : names) {
            String name = word.text();
            Optional<String> other = Optional.ofNullable(taken.get(name));
            if (!declared.contains(name)) {
                unknown(word, declared);
            } else if (other.isPresent()) {
                context.findings()
                        .error(word, "'%s' is in group '%s' already".formatted(name, other.get()));
            } else if (known.contains(name)) {
                taken.put(name, group.text());
                members.add(name);
            } else {
                context.findings()
                        .note(
                                word,
                                "'%s' cannot run, and is left out of its group".formatted(name));
            }
        }
        return members;
    }

    private void unknown(Word word, Set<String> declared) {
        String message = "there is no instance '" + word.text() + "'";
        Optional<String> near = Nearest.of(word.text(), declared);
        if (near.isPresent()) {
            context.findings().error(word, message, "did you mean '" + near.get() + "'?");
        } else {
            context.findings().error(word, message);
        }
    }

    private void owners(Entry group, List<String> members, Map<String, VrrpSpec> byName) {
        long owners =
                members.stream()
                        .flatMap(name -> Optional.ofNullable(byName.get(name)).stream())
                        .filter(VrrpSpec::isOwner)
                        .count();
        if (owners > 0 && owners < members.size()) {
            context.findings()
                    .error(
                            group.word(0),
                            "group '%s' mixes address owners with others, and can never be master"
                                    .formatted(group.text()));
        }
    }
}
