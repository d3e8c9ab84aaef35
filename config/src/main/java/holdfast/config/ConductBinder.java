package holdfast.config;

import holdfast.net.Family;
import holdfast.net.IpAddress;
import holdfast.vrrp.ChecksumRule;
import holdfast.vrrp.Conduct;
import holdfast.vrrp.ReceiveShare;
import holdfast.vrrp.Transport;
import holdfast.vrrp.Version;
import java.util.Locale;
import java.util.Optional;

/// Binds how closely an instance keeps to the standard.
final class ConductBinder {

    /// Who is no owner has less than 255.
    private static final int HIGHEST_RIVAL = 254;

    private static final int MULTIPLIER = 3;

    private final Context context;

    ConductBinder(Context context) {
        this.context = context;
    }

    Conduct bind(
            Section block, boolean strict, Version version, Family family, Transport transport) {
        return new Conduct(
                strict,
                checksum(block, version, family, transport),
                block.has("track_src_ip"),
                rivalAfterStall(block),
                receiveShare(block),
                block.number("debug").map(Context::toInt).orElse(0));
    }

    private ChecksumRule checksum(
            Section block, Version version, Family family, Transport transport) {
        if (version == Version.V2 || family == Family.INET6) {
            return new ChecksumRule.Usual();
        }
        boolean everywhere = context.globals().has("v3_checksum_as_v2");
        if (block.flag("v3_checksum_as_v2").orElse(everywhere)) {
            return new ChecksumRule.WithoutPseudoHeader();
        }
        if (transport instanceof Transport.Multicast) {
            return new ChecksumRule.Usual();
        }
        IpAddress group = TransportBinder.group4(context);
        Optional<Entry> old = block.last("old_unicast_checksum");
        if (old.isEmpty()) {
            return new ChecksumRule.Adaptive(group);
        }
        return old.get().words().isEmpty()
                ? new ChecksumRule.OldUnicast(group)
                : new ChecksumRule.Usual();
    }

    private Optional<Integer> rivalAfterStall(Section block) {
        Optional<Entry> entry = block.last("timer_expired_backup");
        if (entry.isEmpty()) {
            return Optional.empty();
        }
        if (!block.has("nopreempt")) {
            context.findings()
                    .error(
                            entry.get().at(),
                            "'timer_expired_backup' needs nopreempt; it is ignored");
            return Optional.empty();
        }
        return Optional.of(
                entry.get().words().isEmpty()
                        ? HIGHEST_RIVAL
                        : Context.toInt(entry.get().number()));
    }

    /// A number stands above every policy, and the largest packets above the usual ones.
    private ReceiveShare receiveShare(Section block) {
        Optional<Long> own = block.number("kernel_rx_buf_size");
        if (own.isPresent()) {
            return own.get() == 0 ? new ReceiveShare.Usual() : new ReceiveShare.Bytes(own.get());
        }
        long multiplier =
                context.globals().number("vrrp_rx_bufs_multiplier").orElse((long) MULTIPLIER);
        ReceiveShare share = new ReceiveShare.Usual();
        for (Entry entry : context.globals().all("vrrp_rx_bufs_policy")) {
            for (Word word : entry.words()) {
                switch (word.text().toUpperCase(Locale.ROOT)) {
                    case "MTU" -> share = new ReceiveShare.Packets(multiplier);
                    case "ADVERT" -> {
                        if (!(share instanceof ReceiveShare.Packets)) {
                            share = new ReceiveShare.Adverts(multiplier);
                        }
                    }
                    default -> {
                        return bytes(word);
                    }
                }
            }
        }
        return share;
    }

    private static ReceiveShare bytes(Word word) {
        long bytes = Scalars.integer(word.text(), 0, BYTES_MAX).value().orElse(0L);
        return bytes == 0 ? new ReceiveShare.Usual() : new ReceiveShare.Bytes(bytes);
    }

    static final long BYTES_MAX = 4_294_967_295L;
}
