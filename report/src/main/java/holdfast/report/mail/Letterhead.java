package holdfast.report.mail;

import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.stream.Collectors;

/// Who writes to whom.
///
/// @param heloName what the sender calls itself towards the server
/// @param from an address, or a name with an address in angle brackets
/// @param recipients like `from`
public record Letterhead(String heloName, String from, List<String> recipients) {

    private static final String END = "\r\n";

    public Letterhead {
        heloName = Mail.oneLine(heloName).strip();
        from = Mail.oneLine(from).strip();
        recipients = recipients.stream().map(Mail::oneLine).map(String::strip).toList();
    }

    /// The address alone: what stands between the angle brackets, or everything.
    static String address(String party) {
        int open = party.lastIndexOf('<');
        int close = party.indexOf('>', open + 1);
        String address = open >= 0 && close > open ? party.substring(open + 1, close) : party;
        return address.replace("<", "").replace(">", "").strip();
    }

    /// Header, blank line and body, every line ended.
    String letter(Mail mail, ZonedDateTime date) {
        String to = recipients.stream().collect(Collectors.joining("," + END + " "));
        StringBuilder out = new StringBuilder();
        out.append("Date: ").append(DateTimeFormatter.RFC_1123_DATE_TIME.format(date)).append(END);
        out.append("From: ").append(from).append(END);
        out.append("Subject: ").append(mail.subject()).append(END);
        out.append("X-Mailer: Keepalived").append(END);
        out.append("To: ").append(to).append(END);
        out.append(END);
        mail.body().lines().forEach(line -> out.append(line).append(END));
        return out.toString();
    }
}
