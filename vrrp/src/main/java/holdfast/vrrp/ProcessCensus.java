package holdfast.vrrp;

import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Which processes of a host are of which tracked kinds, by what the kernel says of them.
///
/// Pure; what it is told may be late, repeated, or of processes that are gone. Confined to one
/// thread.
public final class ProcessCensus {

    private final List<TrackProcessSpec> specs;

    /// For each process that is of any kind at all, which ones.
    private final Map<Integer, boolean[]> members = new HashMap<>();

    private final int[] counts;
    private final int[] told;

    public ProcessCensus(List<TrackProcessSpec> specs) {
        this.specs = List.copyOf(specs);
        this.counts = new int[specs.size()];
        this.told = new int[specs.size()];
        Arrays.fill(told, -1);
    }

    /// Whether anybody needs command lines.
    public boolean looksAtCommandLines() {
        return specs.stream().anyMatch(spec -> spec.pattern().looksAtCommandLine());
    }

    /// Forgets all processes, before they are looked at again.
    public void clear() {
        members.clear();
        Arrays.fill(counts, 0);
    }

    /// A process is there, perhaps as another program than before.
    ///
    /// @param command empty where nobody needs it
    public void seen(int pid, String name, List<String> command) {
        boolean[] kinds = new boolean[specs.size()];
        for (int i = 0; i < kinds.length; i++) {
            kinds[i] = specs.get(i).pattern().matches(name, command);
        }
        become(pid, kinds);
    }

    /// A process has another name now; its command line is what it was.
    public void renamed(int pid, String name) {
        boolean[] kinds = new boolean[specs.size()];
        boolean[] before = members.getOrDefault(pid, kinds);
        for (int i = 0; i < kinds.length; i++) {
            ProcessPattern pattern = specs.get(i).pattern();
            kinds[i] = pattern.looksAtCommandLine() ? before[i] : pattern.matches(name, List.of());
        }
        become(pid, kinds);
    }

    /// A process made another, which is what it is itself.
    public void forked(int parent, int child) {
        boolean[] kinds = members.get(parent);
        become(child, kinds == null ? new boolean[specs.size()] : kinds.clone());
    }

    public void ended(int pid) {
        become(pid, new boolean[specs.size()]);
    }

    private void become(int pid, boolean[] kinds) {
        boolean[] before = members.remove(pid);
        boolean any = false;
        for (int i = 0; i < kinds.length; i++) {
            counts[i] += (kinds[i] ? 1 : 0) - (before != null && before[i] ? 1 : 0);
            any |= kinds[i];
        }
        if (any) {
            members.put(pid, kinds);
        }
    }

    /// The numbers that changed since the last time this was asked; the first time, all of them.
    public Map<String, Integer> changes() {
        Map<String, Integer> changes = new LinkedHashMap<>();
        for (int i = 0; i < counts.length; i++) {
            if (counts[i] != told[i]) {
                told[i] = counts[i];
                changes.put(specs.get(i).name(), counts[i]);
            }
        }
        return changes;
    }
}
