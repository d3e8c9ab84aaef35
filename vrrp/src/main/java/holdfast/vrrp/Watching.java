package holdfast.vrrp;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// What a host looks at beside scripts and interfaces, and how it looks at interfaces.
///
/// @param links only those that are not left to the kernel, and at once; one for each name at most
public record Watching(
        List<TrackFileSpec> files, List<TrackProcessSpec> processes, List<LinkWatchSpec> links) {

    public static final Watching NOTHING = new Watching(List.of(), List.of(), List.of());

    public Watching {
        files = List.copyOf(files);
        processes = List.copyOf(processes);
        links = List.copyOf(links);
    }

    /// The same without what nobody tracks.
    Watching usedBy(List<VrrpSpec> instances, List<SyncGroupSpec> groups) {
        if (files.isEmpty() && processes.isEmpty()) {
            return this;
        }
        List<Tracking> trackings = new ArrayList<>();
        instances.forEach(instance -> trackings.add(instance.tracking()));
        groups.forEach(group -> trackings.add(group.tracking()));
        Set<String> usedFiles = new HashSet<>();
        Set<String> usedProcesses = new HashSet<>();
        for (Tracking tracking : trackings) {
            tracking.files().forEach(item -> usedFiles.add(item.name()));
            tracking.processes().forEach(item -> usedProcesses.add(item.name()));
        }
        return new Watching(
                files.stream().filter(file -> usedFiles.contains(file.name())).toList(),
                processes.stream().filter(one -> usedProcesses.contains(one.name())).toList(),
                links);
    }
}
