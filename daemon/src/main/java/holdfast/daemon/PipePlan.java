package holdfast.daemon;

import holdfast.config.Configuration;
import holdfast.config.GlobalSpec;
import holdfast.config.GlobalSpec.FifoSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Which process writes to which named pipe, and which of them starts its reader.
///
/// The reader of the common pipe belongs to the checkers where they run. A pipe of one part with
/// the path of the common one is the common one.
final class PipePlan {

    private PipePlan() {}

    /// For the virtual routers.
    static List<FifoSpec> ofMain(Configuration configuration, Options options) {
        GlobalSpec global = configuration.global();
        boolean checkers = ReloadPlan.wantsCheckers(configuration, options);
        return plan(
                global.notifyFifo().map(fifo -> checkers ? withoutScript(fifo) : fifo),
                global.vrrpFifo());
    }

    /// For the virtual servers.
    static List<FifoSpec> ofCheckers(Configuration configuration) {
        GlobalSpec global = configuration.global();
        boolean sameAsVrrp =
                global.lvsFifo().isPresent()
                        && global.vrrpFifo()
                                .map(FifoSpec::path)
                                .equals(global.lvsFifo().map(FifoSpec::path));
        return plan(
                global.notifyFifo(),
                sameAsVrrp ? global.lvsFifo().map(PipePlan::withoutScript) : global.lvsFifo());
    }

    private static List<FifoSpec> plan(Optional<FifoSpec> common, Optional<FifoSpec> own) {
        List<FifoSpec> pipes = new ArrayList<>();
        common.ifPresent(pipes::add);
        own.filter(pipe -> !common.map(FifoSpec::path).equals(Optional.of(pipe.path())))
                .ifPresent(pipes::add);
        return pipes;
    }

    private static FifoSpec withoutScript(FifoSpec fifo) {
        return new FifoSpec(fifo.path(), fifo.uid(), fifo.gid(), Optional.empty());
    }
}
