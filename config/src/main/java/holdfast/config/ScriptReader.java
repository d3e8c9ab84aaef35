package holdfast.config;

import holdfast.script.Identity;
import holdfast.script.ScriptSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Reads the scripts of a configuration, and refuses those that must not be run (runtime
/// specification, section 6).
final class ScriptReader {

    /// Scripts run as this account if nobody says otherwise and it exists.
    static final String DEFAULT_ACCOUNT = "keepalived_script";

    private final HostFacts host;
    private final Findings findings;
    private final boolean secure;
    private final boolean keepsLinks;

    /// Whether every script gets the supplementary groups of its user.
    private final boolean allGroups;

    /// Looked up when the first script needs it: most files have none, and a look-up is dear.
    private Optional<Identity> account = Optional.empty();

    private boolean accountLookedUp;
    private boolean insecurityTold;

    ScriptReader(HostFacts host, Findings findings, Section globals) {
        this.host = host;
        this.findings = findings;
        this.secure = globals.has("enable_script_security");
        this.keepsLinks = globals.flag("use_symlink_paths").orElse(false);
        this.allGroups = globals.flag("set_supplementary_groups").orElse(false);
        Optional<Entry> configured = globals.last("script_user");
        // An account that was asked for is complained about even when nothing uses it.
        if (configured.isPresent()) {
            accountLookedUp = true;
            account = identity(configured.get().word(0), configured.get().wordIfAny(1));
        }
    }

    /// The script of a keyword: `SCRIPT [USER [GROUP]]`.
    Optional<ScriptSpec> script(Entry entry) {
        List<Word> words = words(entry);
        Optional<Identity> identity =
                words.size() > 1
                        ? owner(
                                words.get(1),
                                words.size() > 2 ? Optional.of(words.get(2)) : Optional.empty())
                        : defaultIdentity(entry.at());
        return identity.flatMap(as -> script(entry, as));
    }

    /// The script of a keyword whose block names the user.
    Optional<ScriptSpec> script(Entry entry, Optional<Entry> user) {
        Optional<Identity> identity =
                user.isPresent()
                        ? identity(user.get().word(0), user.get().wordIfAny(1))
                        : defaultIdentity(entry.at());
        return identity.flatMap(as -> script(entry, as));
    }

    /// The account `user`, complained about if it is unknown.
    Optional<Identity> identity(Word user, Optional<Word> group) {
        Optional<Identity> found = lookUp(user.text(), group.map(Word::text));
        if (found.isEmpty()) {
            findings.error(user, unknown(user, group));
        }
        return found;
    }

    /// The account of one script; without it, that script alone is not run.
    private Optional<Identity> owner(Word user, Optional<Word> group) {
        Optional<Identity> found = lookUp(user.text(), group.map(Word::text));
        if (found.isEmpty()) {
            findings.unusable(user, unknown(user, group) + "; the script is not run");
        }
        return found;
    }

    /// A group behind a colon comes with the user's supplementary groups; a colon alone stands for
    /// the primary group.
    private Optional<Identity> lookUp(String user, Optional<String> group) {
        boolean colon = group.isPresent() && group.get().startsWith(":");
        Optional<String> name =
                group.map(text -> colon ? text.substring(1) : text)
                        .filter(text -> !text.isEmpty() || !colon);
        Optional<Identity> found = host.identity(user, name);
        if (!colon && !allGroups) {
            return found;
        }
        return found.map(
                one ->
                        new Identity(
                                one.user(),
                                one.uid(),
                                one.gid(),
                                host.groups(one.user(), one.gid())));
    }

    private static String unknown(Word user, Optional<Word> group) {
        return group.map(name -> "no user '%s' or group '%s'".formatted(user.text(), name.text()))
                .orElse("no user '" + user.text() + "'");
    }

    private Optional<Identity> defaultIdentity(Word at) {
        if (!accountLookedUp) {
            accountLookedUp = true;
            account = lookUp(DEFAULT_ACCOUNT, Optional.empty()).or(() -> Optional.of(host.self()));
        }
        if (account.isEmpty()) {
            findings.error(at, "there is no account to run this script as");
        }
        return account;
    }

    private Optional<ScriptSpec> script(Entry entry, Identity identity) {
        List<Word> words = words(entry);
        Word at = words.isEmpty() ? entry.at() : words.getFirst();
        List<String> argv = words.isEmpty() ? List.of() : arguments(at);
        if (argv.isEmpty()) {
            findings.error(at, "'" + entry.at().text() + "' names no program");
            return Optional.empty();
        }
        tellInsecurity(at);
        if (argv.getFirst().length() > 1 && "<>".indexOf(argv.getFirst().charAt(0)) >= 0) {
            return redirection(at, argv, identity);
        }
        return program(at, argv.getFirst(), identity)
                .map(
                        path -> {
                            List<String> resolved = new ArrayList<>(argv);
                            resolved.set(0, path);
                            return new ScriptSpec(resolved, identity);
                        });
    }

    /// `</path` and `>/path`: whether a file can be read or written, which the shell finds out.
    /// One that is not there to be read is what the script is about.
    private Optional<ScriptSpec> redirection(Word at, List<String> argv, Identity identity) {
        char direction = argv.getFirst().charAt(0);
        String path = argv.getFirst().substring(1);
        HostFacts.Program file = host.program(path);
        if (direction == '>' && !file.exists()) {
            findings.unusable(at, "there is no file '" + path + "'; the script is not run");
            return Optional.empty();
        }
        if (file.exists() && isRefused(at, path, identity, file)) {
            return Optional.empty();
        }
        StringBuilder command = new StringBuilder().append(direction).append(quoted(path));
        argv.subList(1, argv.size()).forEach(word -> command.append(' ').append(quoted(word)));
        return Optional.of(new ScriptSpec(List.of("/bin/sh", "-c", command.toString()), identity));
    }

    /// For the shell.
    private static String quoted(String word) {
        return "'" + word.replace("'", "'\\''") + "'";
    }

    /// Said once: it is one setting that is missing.
    private void tellInsecurity(Word at) {
        if (!secure && !insecurityTold) {
            insecurityTold = true;
            // A warning for people, since most installations live with it; a test ends as if it
            // were an error.
            findings.add(
                    new Diagnostic(
                            Diagnostic.Severity.WARNING,
                            ErrorClass.SECURITY,
                            at.at(),
                            "scripts are run, and script security is off",
                            Optional.of("write enable_script_security into global_defs")));
        }
    }

    private Optional<String> program(Word at, String path, Identity identity) {
        HostFacts.Program program = host.program(path);
        if (!program.exists()) {
            findings.unusable(at, "there is no program '" + path + "'; the script is not run");
            return Optional.empty();
        }
        if (!program.executable()) {
            findings.unusable(at, "'" + path + "' is not executable; the script is not run");
            return Optional.empty();
        }
        if (isRefused(at, path, identity, program)) {
            return Optional.empty();
        }
        return Optional.of(resolved(at, path, program));
    }

    /// Complains if others than root may change what root runs.
    private boolean isRefused(Word at, String path, Identity identity, HostFacts.Program program) {
        boolean asRoot = identity.uid() == 0 || program.setsRootIdentity();
        if (asRoot && program.unsafeComponent().isPresent()) {
            String unsafe = program.unsafeComponent().get();
            findings.add(
                    ErrorClass.SECURITY,
                    at.at(),
                    "'%s' is run as root, and others may change %s%s"
                            .formatted(path, unsafe, secure ? "; the script is not run" : ""));
            return secure;
        }
        return false;
    }

    private String resolved(Word at, String path, HostFacts.Program program) {
        if (program.resolved().equals(path)) {
            return path;
        }
        if (!path.startsWith("/")) {
            findings.warning(
                    at,
                    "'%s' is taken from the search path: %s".formatted(path, program.resolved()));
            return program.resolved();
        }
        if (keepsLinks) {
            return path;
        }
        findings.warning(
                at, "'%s' has links in its path; %s is run".formatted(path, program.resolved()));
        return program.resolved();
    }

    private List<Word> words(Entry entry) {
        Scalar<List<Word>> words = Words.quoted(entry.statement());
        words.complaint().ifPresent(complaint -> findings.error(entry.at(), complaint));
        return words.value().orElse(List.of());
    }

    private List<String> arguments(Word command) {
        Scalar<List<String>> arguments = Words.arguments(command.text());
        arguments.complaint().ifPresent(complaint -> findings.error(command, complaint));
        return arguments.value().orElse(List.of());
    }
}
