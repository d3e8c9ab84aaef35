package holdfast.config;

import holdfast.vrrp.TrackFileSpec;
import holdfast.vrrp.TrackProcessSpec;
import holdfast.vrrp.TrackScriptSpec;
import holdfast.vrrp.Weight;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What was defined so far and can be tracked, with the weight each thing brings along.
final class Trackables {

    final Map<String, Weight> scripts = new LinkedHashMap<>();
    final Map<String, Weight> files = new LinkedHashMap<>();
    final Map<String, Weight> processes = new LinkedHashMap<>();
    final Map<String, Weight> sessions = new LinkedHashMap<>();

    /// Sessions that real servers may be judged by.
    final Set<String> checkedSessions = new LinkedHashSet<>();

    final List<TrackScriptSpec> scriptSpecs = new ArrayList<>();
    final List<TrackFileSpec> fileSpecs = new ArrayList<>();
    final List<TrackProcessSpec> processSpecs = new ArrayList<>();
}
