package holdfast.report.mail;

/// What all mails have in common.
///
/// @param routerId in brackets at the beginning of each subject
/// @param noFaults nothing is said of virtual routers in FAULT
/// @param onlyStateChanges checks are mentioned only when their server turned
public record MailRules(String routerId, boolean noFaults, boolean onlyStateChanges) {

    public Mail mail(String subject, String body) {
        return new Mail("[" + routerId + "] " + subject, "=> " + body + " <=");
    }
}
