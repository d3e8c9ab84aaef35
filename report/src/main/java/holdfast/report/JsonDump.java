package holdfast.report;

import holdfast.json.Json;
import holdfast.script.ScriptSpec;
import holdfast.vrrp.Authentication;
import holdfast.vrrp.DropReason;
import holdfast.vrrp.InstanceStatus;
import holdfast.vrrp.InstanceStatus.Master;
import holdfast.vrrp.Notifying;
import holdfast.vrrp.ProcessStatus;
import holdfast.vrrp.Role;
import holdfast.vrrp.RouteSpec;
import holdfast.vrrp.Routing;
import holdfast.vrrp.RuleSpec;
import holdfast.vrrp.TrackScriptSpec;
import holdfast.vrrp.Tracking;
import holdfast.vrrp.Version;
import holdfast.vrrp.VirtualAddress;
import holdfast.vrrp.VirtualLink;
import holdfast.vrrp.VrrpSpec;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/// `keepalived.json`: every instance with its data and counters, on one line.
///
/// The names, their order and the kinds of the values are what readers of that file expect.
/// Passwords are never among them.
public final class JsonDump {

    private JsonDump() {}

    /// The file's text; empty when there is no instance, for then no file is written.
    ///
    /// @param version 1 for a bare list, 2 for an object around it (`json_version`)
    public static Optional<String> of(
            int version,
            List<InstanceStatus> instances,
            List<ProcessStatus> processes,
            List<TrackScriptSpec> scripts,
            Clocks clocks) {
        if (instances.isEmpty()) {
            return Optional.empty();
        }
        Json list = Json.of(instances.stream().map(one -> instance(one, scripts, clocks)).toList());
        if (version == 1) {
            return Optional.of(list + "\n");
        }
        SequencedMap<String, Json> whole = new LinkedHashMap<>();
        whole.put("vrrp", list);
        if (!processes.isEmpty()) {
            whole.put(
                    "track_process", Json.of(processes.stream().map(TrackersDump::json).toList()));
        }
        return Optional.of(Json.of(whole) + "\n");
    }

    private static Json instance(
            InstanceStatus status, List<TrackScriptSpec> scripts, Clocks clocks) {
        SequencedMap<String, Json> out = new LinkedHashMap<>();
        out.put("data", Json.of(data(status, scripts, clocks)));
        out.put("stats", Json.of(stats(status.counters())));
        return Json.of(out);
    }

    private static Map<String, Json> data(
            InstanceStatus status, List<TrackScriptSpec> scripts, Clocks clocks) {
        VrrpSpec spec = status.spec();
        SequencedMap<String, Json> out = new LinkedHashMap<>();
        out.put("iname", Json.of(spec.name()));
        out.put("dont_track_primary", bit(!spec.tracking().primary()));
        out.put("skip_check_adv_addr", bit(spec.skipAddressCheck()));
        out.put("strict_mode", bit(spec.conduct().strict()));
        String own = spec.place().own().map(VirtualLink::name).orElse("");
        out.put("vmac_ifname", Json.of(own));
        spec.place().device().ifPresent(name -> out.put("ifp_ifname", Json.of(name)));
        out.put("master_priority", Json.of(status.master().map(Master::priority).orElse(0)));
        out.put("last_transition", new Json.Num(Numbers.epoch(clocks.at(status.since()))));
        announcing(spec, out);
        out.put("vrid", Json.of(spec.vrid()));
        out.put("base_priority", Json.of(spec.election().priority().value()));
        out.put("effective_priority", Json.of(status.priority()));
        out.put("vipset", Json.of(status.role() == Role.MASTER));
        out.put("promote_secondaries", Json.of(spec.promoteSecondaries()));
        out.put("adver_int", seconds(spec.timing().interval()));
        out.put("master_adver_int", seconds(status.masterInterval()));
        out.put("accept", bit(spec.accept()));
        out.put("nopreempt", Json.of(!spec.election().preempt()));
        out.put("preempt_delay", seconds(spec.election().preemptDelay()));
        out.put("state", Json.of(Numbers.state(status.role())));
        Role wanted = spec.election().wantsMaster() ? Role.MASTER : Role.BACKUP;
        out.put("wantstate", Json.of(Numbers.state(wanted)));
        out.put("version", Json.of(spec.version() == Version.V2 ? 2 : 3));
        notifying(spec.notifying(), out);
        boolean set = status.role() == Role.MASTER;
        addresses("vips", spec.addresses(), set, out);
        addresses("evips", spec.excluded(), set, out);
        routing("vroutes", spec, RouteSpec.class, out);
        routing("vrules", spec, RuleSpec.class, out);
        tracked(spec.tracking(), scripts, out);
        switch (spec.authentication()) {
            case Authentication.None _, Authentication.Hmac _ -> out.put("auth_type", Json.of(0));
            case Authentication.Password _ -> {
                out.put("auth_type", Json.of(1));
                out.put("auth_data", Json.of("********"));
            }
            case Authentication.AuthenticationHeader _ -> {
                out.put("auth_type", Json.of(2));
                out.put("auth_data", Json.of("********"));
            }
        }
        return out;
    }

    private static void announcing(VrrpSpec spec, Map<String, Json> out) {
        out.put("garp_delay", seconds(spec.announcing().delay()));
        out.put("garp_refresh", seconds(spec.announcing().refresh()));
        out.put("garp_rep", Json.of(spec.announcing().repeat()));
        out.put("garp_refresh_rep", Json.of(spec.announcing().refreshRepeat()));
        out.put("garp_lower_prio_delay", seconds(spec.announcing().lowerPriorityDelay()));
        out.put("garp_lower_prio_rep", Json.of(spec.announcing().lowerPriorityRepeat()));
        out.put("lower_prio_no_advert", bit(spec.election().weakerNoAdvert()));
        out.put("higher_prio_send_advert", bit(spec.election().strongerSendAdvert()));
    }

    private static void notifying(Notifying notifying, Map<String, Json> out) {
        out.put("smtp_alert", Json.of(notifying.smtpAlert()));
        out.put("notify_deleted", Json.of(notifying.notifyDeleted()));
        script("script_backup", notifying.backup(), out);
        script("script_master", notifying.master(), out);
        script("script_fault", notifying.fault(), out);
        script("script_stop", notifying.stop(), out);
        script("script_deleted", notifying.deleted(), out);
        script("script", notifying.always(), out);
        script("script_master_rx_lower_pri", notifying.masterHearsWeaker(), out);
    }

    private static void script(String name, Optional<ScriptSpec> script, Map<String, Json> out) {
        script.ifPresent(one -> out.put(name, Json.of(Texts.quoted(one))));
    }

    private static void addresses(
            String name, List<VirtualAddress> addresses, boolean set, Map<String, Json> out) {
        texts(name, addresses.stream().map(one -> Texts.address(one, set)).toList(), out);
    }

    private static void routing(
            String name, VrrpSpec spec, Class<? extends Routing> kind, Map<String, Json> out) {
        texts(
                name,
                spec.routing().stream().filter(kind::isInstance).map(RoutingText::of).toList(),
                out);
    }

    private static void tracked(
            Tracking tracking, List<TrackScriptSpec> scripts, Map<String, Json> out) {
        texts("track_ifp", tracking.interfaces().stream().map(Tracking.Item::name).toList(), out);
        List<String> commands =
                tracking.scripts().stream()
                        .flatMap(item -> scripts.stream().filter(s -> s.name().equals(item.name())))
                        .map(spec -> Texts.quoted(spec.script()))
                        .toList();
        texts("track_script", commands, out);
        texts(
                "track_process",
                tracking.processes().stream().map(Tracking.Item::name).toList(),
                out);
    }

    private static void texts(String name, List<String> texts, Map<String, Json> out) {
        if (!texts.isEmpty()) {
            out.put(name, Json.of(texts.stream().map(Json::of).toList()));
        }
    }

    private static Map<String, Json> stats(InstanceStatus.Counters counters) {
        SequencedMap<String, Json> out = new LinkedHashMap<>();
        out.put("advert_rcvd", Json.of(counters.advertsReceived()));
        out.put("advert_sent", Json.of(counters.advertsSent()));
        out.put("become_master", Json.of(counters.becameMaster()));
        out.put("release_master", Json.of(counters.releasedMaster()));
        out.put("packet_len_err", dropped(counters, DropReason.WRONG_LENGTH));
        out.put("advert_interval_err", dropped(counters, DropReason.WRONG_INTERVAL));
        out.put("ip_ttl_err", dropped(counters, DropReason.WRONG_TTL));
        out.put("invalid_type_rcvd", dropped(counters, DropReason.WRONG_TYPE));
        out.put(
                "addr_list_err",
                Json.of(
                        counters.otherAddresses()
                                + counters.droppedFor(
                                        DropReason.WRONG_TRANSPORT, DropReason.NO_ADDRESSES)));
        out.put("invalid_authtype", dropped(counters, DropReason.WRONG_AUTH_TYPE));
        out.put("authtype_mismatch", dropped(counters, DropReason.AUTH_TYPE_MISMATCH));
        out.put("auth_failure", dropped(counters, DropReason.AUTH_FAILURE, DropReason.REPLAYED));
        out.put("auth_ext_missing", dropped(counters, DropReason.TRAILER_MISSING));
        out.put("auth_ext_malformed", dropped(counters, DropReason.TRAILER_MALFORMED));
        out.put("auth_ext_unknown_key", dropped(counters, DropReason.TRAILER_KEY_UNKNOWN));
        out.put("auth_ext_invalid_hmac", dropped(counters, DropReason.TRAILER_FORGED));
        out.put("auth_ext_stale", dropped(counters, DropReason.TRAILER_STALE));
        out.put("auth_ext_replay", dropped(counters, DropReason.TRAILER_REPLAYED));
        out.put("pri_zero_rcvd", Json.of(counters.priorityZeroReceived()));
        out.put("pri_zero_sent", Json.of(counters.priorityZeroSent()));
        return out;
    }

    private static Json dropped(InstanceStatus.Counters counters, DropReason... reasons) {
        return Json.of(counters.droppedFor(reasons));
    }

    private static Json seconds(Duration time) {
        return new Json.Num(Numbers.seconds(time));
    }

    private static Json bit(boolean value) {
        return Json.of(value ? 1 : 0);
    }
}
