package holdfast.config;

import holdfast.vrrp.TrackFileSpec;
import holdfast.vrrp.TrackProcessSpec;
import holdfast.vrrp.TrackScriptSpec;
import holdfast.vrrp.Weight;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What was defined so far and can be tracked, with the weight each thing brings along.
final class Trackables {

    final Map<String, Weight> scripts = new LinkedHashMap<>();
    final Map<String, Weight> files = new LinkedHashMap<>();
    final Map<String, Weight> processes = new LinkedHashMap<>();
    final Map<String, Weight> sessions = new LinkedHashMap<>();
    final List<TrackScriptSpec> scriptSpecs = new ArrayList<>();
    final List<TrackFileSpec> fileSpecs = new ArrayList<>();
    final List<TrackProcessSpec> processSpecs = new ArrayList<>();
}
