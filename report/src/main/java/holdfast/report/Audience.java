package holdfast.report;

import holdfast.vrrp.NodeSpec;
import holdfast.vrrp.Notifying;
import holdfast.vrrp.Role;
import holdfast.vrrp.SyncGroupSpec;
import holdfast.vrrp.VrrpEffect;
import holdfast.vrrp.VrrpSpec;
import java.util.HashMap;
import java.util.Map;

/// Who wants to hear about which instance or group, and what they were last told.
///
/// Confined to one thread. Names that a reload removed are kept, for their last facts come after.
public final class Audience {

    private final Map<String, Notifying> instances = new HashMap<>();
    private final Map<String, Notifying> groups = new HashMap<>();
    private final Map<String, Integer> priorities = new HashMap<>();
    private final Map<String, Role> instanceRoles = new HashMap<>();
    private final Map<String, Role> groupRoles = new HashMap<>();

    /// An audience that knows nobody yet.
    public Audience() {}

    /// Takes the names of a new specification; the ones before stay known until then.
    public void expect(NodeSpec spec) {
        for (VrrpSpec instance : spec.instances()) {
            instances.put(instance.name(), instance.notifying());
            priorities.putIfAbsent(instance.name(), instance.election().priority().value());
        }
        for (SyncGroupSpec group : spec.groups()) {
            groups.put(group.name(), group.notifying());
        }
    }

    /// Remembers what a fact says of a role or a priority.
    public void hear(VrrpEffect fact) {
        if (fact instanceof VrrpEffect.RoleChanged changed) {
            priorities.put(changed.instance(), changed.priority());
            instanceRoles.put(changed.instance(), changed.to());
        } else if (fact instanceof VrrpEffect.GroupRoleChanged changed) {
            groupRoles.put(changed.group(), changed.to());
        } else if (fact instanceof VrrpEffect.PriorityChanged changed) {
            priorities.put(changed.instance(), changed.to());
        }
    }

    Notifying instance(String name) {
        return instances.getOrDefault(name, Notifying.NOBODY);
    }

    Notifying group(String name) {
        return groups.getOrDefault(name, Notifying.NOBODY);
    }

    Role instanceRole(String name) {
        return instanceRoles.getOrDefault(name, Role.INIT);
    }

    Role groupRole(String name) {
        return groupRoles.getOrDefault(name, Role.INIT);
    }

    int priority(String instance) {
        return priorities.getOrDefault(instance, 0);
    }
}
