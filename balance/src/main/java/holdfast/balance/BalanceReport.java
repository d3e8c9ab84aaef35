package holdfast.balance;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// All services as they are now, and what the data plane has counted.
public record BalanceReport(List<ServiceStatus> services, List<Traffic> traffic) {

    public BalanceReport {
        services = List.copyOf(services);
        traffic = List.copyOf(traffic);
    }

    /// What was counted, by service.
    public Map<ServiceKey.Single, List<Traffic>> byService() {
        Map<ServiceKey.Single, List<Traffic>> found = new HashMap<>();
        for (Traffic one : traffic) {
            found.computeIfAbsent(one.service(), _ -> new ArrayList<>()).add(one);
        }
        return found;
    }
}
