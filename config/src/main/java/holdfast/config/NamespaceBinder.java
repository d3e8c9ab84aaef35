package holdfast.config;

import holdfast.config.NamespaceSpec.Ipvs;
import java.util.List;
import java.util.Optional;

/// Binds the words about network namespaces. Of each, the first use counts.
final class NamespaceBinder {

    private final Findings findings;

    NamespaceBinder(Findings findings) {
        this.findings = findings;
    }

    NamespaceSpec bind(Section root) {
        Optional<Entry> ipvs = first(root, "net_namespace_ipvs");
        return new NamespaceSpec(
                first(root, "net_namespace").flatMap(this::name),
                ipvs.isEmpty() ? new Ipvs.AsTheRest() : ipvs(ipvs.get()));
    }

    private Ipvs ipvs(Entry entry) {
        if (entry.words().isEmpty()) {
            return new Ipvs.WhereWeStarted();
        }
        Optional<String> name = name(entry);
        return name.isPresent() ? new Ipvs.Named(name.get()) : new Ipvs.AsTheRest();
    }

    private Optional<Entry> first(Section root, String keyword) {
        List<Entry> uses = root.all(keyword);
        for (Entry use : uses.subList(Math.min(1, uses.size()), uses.size())) {
            findings.error(use.at(), "'" + keyword + "' stands here already");
        }
        return uses.stream().findFirst();
    }

    /// It becomes the name of a file.
    private Optional<String> name(Entry entry) {
        String name = entry.text();
        if (name.isEmpty() || name.startsWith(".") || name.indexOf('/') >= 0) {
            findings.fatal(entry.word(0), "'" + name + "' cannot be the name of a namespace");
            return Optional.empty();
        }
        return Optional.of(name);
    }
}
