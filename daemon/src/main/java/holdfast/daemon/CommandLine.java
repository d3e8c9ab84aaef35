package holdfast.daemon;

import holdfast.daemon.Option.Argument;
import java.util.List;
import java.util.Optional;

/// Reads the command line (runtime specification, section 2).
///
/// Short options may stand together, long ones may be cut short while they stay unique.
final class CommandLine {

    /// What the command line asks for.
    sealed interface Parsed {

        /// Go on, with these.
        record Run(Options options) implements Parsed {}

        /// Say something and end.
        record Say(String text, boolean error, int exitStatus) implements Parsed {}

        /// Be genhash, with these words.
        ///
        /// @param ignored whether there were other words before
        record Hash(List<String> words, boolean ignored) implements Parsed {
            public Hash {
                words = List.copyOf(words);
            }
        }
    }

    /// An option or its argument is wrong; the message is for people.
    private static final class Misused extends Exception {
        private static final long serialVersionUID = 1;

        private final String message;

        Misused(String message) {
            super(message, null, false, false);
            this.message = message;
        }
    }

    private static final Option[] OPTIONS = Option.values();

    private final List<String> words;
    private final OptionsDraft draft = new OptionsDraft();
    private int next;

    private CommandLine(List<String> words) {
        this.words = words;
    }

    static Parsed parse(List<String> words) {
        try {
            return new CommandLine(words).parse();
        } catch (Misused misused) {
            return new Parsed.Say(misused.message, true, 1);
        }
    }

    private Parsed parse() throws Misused {
        StringBuilder extra = new StringBuilder();
        while (next < words.size()) {
            String word = words.get(next++);
            Optional<Parsed> said = Optional.empty();
            if (word.equals("--")) {
                words.subList(next, words.size()).forEach(rest -> extra.append(' ').append(rest));
                break;
            } else if (word.startsWith("--")) {
                said = longOption(word);
            } else if (word.length() > 1 && word.charAt(0) == '-') {
                said = cluster(word);
            } else {
                extra.append(' ').append(word);
            }
            if (said.isPresent()) {
                return said.get();
            }
        }
        if (!extra.isEmpty()) {
            draft.remarks.add("Unexpected arguments:" + extra);
        }
        return new Parsed.Run(draft.finished());
    }

    private Optional<Parsed> longOption(String word) throws Misused {
        int equals = word.indexOf('=');
        String name = word.substring(2, equals < 0 ? word.length() : equals);
        Option option = named(name);
        Optional<String> argument =
                equals < 0 ? Optional.empty() : Optional.of(word.substring(equals + 1));
        if (argument.isPresent() && option.argument() == Argument.NONE) {
            throw new Misused("Option --" + option.word() + " takes no argument");
        }
        return take(option, argument.isPresent() ? argument : following(option, word));
    }

    private Optional<Parsed> cluster(String word) throws Misused {
        for (int at = 1; at < word.length(); at++) {
            Option option = lettered(word.charAt(at));
            String rest = word.substring(at + 1);
            boolean takesRest = option.argument() != Argument.NONE;
            Optional<String> argument =
                    takesRest && !rest.isEmpty()
                            ? Optional.of(rest)
                            : following(option, "-" + option.letter());
            Optional<Parsed> said = take(option, argument);
            if (said.isPresent() || takesRest) {
                return said;
            }
        }
        return Optional.empty();
    }

    /// The argument in the next word, if the option wants one.
    private Optional<String> following(Option option, String written) throws Misused {
        boolean another = next < words.size();
        return switch (option.argument()) {
            case NONE, ATTACHED -> Optional.empty();
            case NEEDED -> {
                if (!another) {
                    throw new Misused("Missing argument for option " + written);
                }
                yield Optional.of(words.get(next++));
            }
            case WELCOME ->
                    another && !words.get(next).startsWith("-")
                            ? Optional.of(words.get(next++))
                            : Optional.empty();
        };
    }

    private static Option lettered(char letter) throws Misused {
        for (Option option : OPTIONS) {
            if (letter != 0 && option.letter() == letter) {
                return option;
            }
        }
        throw new Misused("Unknown option -" + letter);
    }

    /// The option of this name, or the only one that begins so.
    private static Option named(String name) throws Misused {
        Option found = null;
        for (Option option : OPTIONS) {
            if (option.word().equals(name)) {
                return option;
            }
            if (!name.isEmpty() && option.word().startsWith(name)) {
                if (found != null) {
                    throw new Misused(
                            "Option --"
                                    + name
                                    + " could be --"
                                    + found.word()
                                    + " or --"
                                    + option.word());
                }
                found = option;
            }
        }
        if (found == null) {
            throw new Misused("Unknown option --" + name);
        }
        return found;
    }

    private Optional<Parsed> take(Option option, Optional<String> argument) throws Misused {
        String value = argument.orElse("");
        switch (option) {
            case VERSION -> {
                return Optional.of(new Parsed.Say(Usage.version(), true, 0));
            }
            case HELP -> {
                return Optional.of(new Parsed.Say(Usage.help(), false, 0));
            }
            case SIGNUM -> {
                return Optional.of(signalNumber(value));
            }
            case GENHASH -> {
                return Optional.of(new Parsed.Hash(words.subList(next, words.size()), next > 1));
            }
            case LOG_FACILITY -> draft.facility = facility(value);
            case UMASK -> draft.umask = Optional.of(mask(value));
            case READY_FD -> draft.readyFd = Optional.of(descriptor(value));
            default -> draft.take(option, argument);
        }
        return Optional.empty();
    }

    private static Parsed.Say signalNumber(String name) throws Misused {
        int number =
                switch (name) {
                    case "STOP" -> SignalNumbers.TERM;
                    case "RELOAD" -> SignalNumbers.HUP;
                    case "DATA" -> SignalNumbers.USR1;
                    case "STATS" -> SignalNumbers.USR2;
                    case "STATS_CLEAR" -> SignalNumbers.STATS_CLEAR;
                    case "JSON" -> SignalNumbers.JSON;
                    case "TDUMP" -> SignalNumbers.RTMAX;
                    default -> throw new Misused("Unknown signal function " + name);
                };
        return new Parsed.Say(Integer.toString(number), false, 0);
    }

    /// The facility of syslog(3) as its number times eight.
    private static int facility(String name) throws Misused {
        String local = name.startsWith("local") ? name.substring(5) : name;
        if (name.equals("user")) {
            return 1 << 3;
        }
        if (name.equals("daemon")) {
            return 3 << 3;
        }
        if (local.length() == 1 && local.charAt(0) >= '0' && local.charAt(0) <= '7') {
            return (16 + local.charAt(0) - '0') << 3;
        }
        throw new Misused("Unknown log facility " + name);
    }

    private static int mask(String text) throws Misused {
        try {
            int mask = Integer.decode(text);
            if (mask >= 0 && mask <= 0777) {
                return mask;
            }
        } catch (NumberFormatException ignored) {
            // Said below, as for a number out of range.
        }
        throw new Misused("Not a file mode mask: " + text);
    }

    private static int descriptor(String text) throws Misused {
        try {
            return Integer.parseUnsignedInt(text);
        } catch (NumberFormatException ignored) {
            throw new Misused("Not a descriptor: " + text);
        }
    }
}
