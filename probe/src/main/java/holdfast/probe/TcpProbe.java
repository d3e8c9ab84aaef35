package holdfast.probe;

import static holdfast.probe.ProbeStep.failure;

import holdfast.probe.ProbeStep.Done;

/// `TCP_CHECK`: a connection that opens is enough.
public final class TcpProbe implements Probe {

    private ProbeStep step;

    public TcpProbe() {
        this.step = new ProbeStep.Wait();
    }

    @Override
    public ProbeStep on(ProbeInput input) {
        if (step instanceof Done) {
            return step;
        }
        step =
                switch (input) {
                    case ProbeInput.Connected(), ProbeInput.Received(_) ->
                            new Done(Outcome.Passed.PLAIN);
                    case ProbeInput.Closed() -> failure("connection closed before it was open");
                    case ProbeInput.Failed(String reason) -> failure(reason);
                    case ProbeInput.TimedOut() -> failure("connection timed out");
                };
        return step;
    }
}
