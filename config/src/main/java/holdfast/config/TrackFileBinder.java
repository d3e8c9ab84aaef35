package holdfast.config;

import holdfast.vrrp.TrackFileSpec;
import holdfast.vrrp.Weight;
import java.util.List;
import java.util.Optional;

/// Binds `track_file`.
final class TrackFileBinder {

    /// What has an effect beyond the bounds of any priority is rarely meant.
    private static final int SENSIBLE = 254;

    private final Context context;

    TrackFileBinder(Context context) {
        this.context = context;
    }

    void bind(Entry block, Trackables trackables) {
        String name = block.text();
        Section inner = block.inner();
        if (trackables.files.containsKey(name)) {
            context.findings().note(block.word(0), "there is a track_file '" + name + "' already");
            return;
        }
        Optional<Entry> file = TrackedWeight.only(inner.all("file"), context.findings());
        if (file.isEmpty()) {
            context.findings().error(block.at(), "track_file '" + name + "' has no file");
            return;
        }
        Weight weight = TrackedWeight.of(inner, 1, context.findings());
        trackables.files.put(name, weight);
        Word path = file.get().word(0);
        if (!path.text().startsWith("/")) {
            context.findings().unusable(path, "a tracked file needs its whole path");
            return;
        }
        String directory = parent(path.text());
        Optional<String> unwatchable = context.host().unwatchable(directory);
        if (unwatchable.isPresent()) {
            context.findings().unusable(path, unwatchable.get() + "; it is not tracked");
            return;
        }
        if (!context.host().isDirectory(directory)) {
            context.findings()
                    .note(path, "there is no directory '" + directory + "'; the file counts as 0");
        }
        trackables.fileSpecs.add(
                new TrackFileSpec(name, path.text(), inner.last("init_file").flatMap(this::init)));
    }

    private static String parent(String path) {
        int slash = path.lastIndexOf('/');
        return slash == 0 ? "/" : path.substring(0, slash);
    }

    /// `init_file [VALUE] [overwrite]`, in this order or the other.
    private Optional<TrackFileSpec.Init> init(Entry entry) {
        int value = 0;
        boolean overwrite = false;
        List<Word> words = entry.words();
        for (Word word : words) {
            Scalar<Long> number =
                    Scalars.integerOfAnyBase(word.text(), Integer.MIN_VALUE, Integer.MAX_VALUE);
            if (word.text().equals("overwrite")) {
                overwrite = true;
            } else if (number.value().isPresent()) {
                value = number.value().get().intValue();
                if (Math.abs((long) value) > SENSIBLE) {
                    context.findings()
                            .error(word, "init_file: no priority can differ by " + word.text());
                }
            } else {
                context.findings().error(word, "init_file: expected a number or 'overwrite'");
            }
        }
        return Optional.of(new TrackFileSpec.Init(value, overwrite));
    }
}
