package holdfast.config;

/// Takes comments off lines (configuration language specification, section 3).
final class Comments {

    private Comments() {}

    /// The line without blanks around it and without its comment.
    ///
    /// `#` and `!` begin a comment outside double quotes, unless a backslash stands before them.
    static Line remove(Line line, Complaints complaints) {
        Line rest = line;
        int quote = -1;
        for (int i = 0; i < rest.length(); i++) {
            char letter = rest.at(i);
            if (letter == '\\' && i + 1 < rest.length()) {
                boolean escaped = quote < 0 && isMark(rest.at(i + 1));
                if (escaped) {
                    rest = rest.without(i);
                } else {
                    i++;
                }
            } else if (letter == '"') {
                quote = quote < 0 ? i : -1;
            } else if (quote < 0 && isMark(letter)) {
                return rest.between(0, i).strip();
            }
        }
        if (quote >= 0) {
            complaints.add(
                    ErrorClass.UNMATCHED_QUOTE,
                    rest.span(quote, rest.length()),
                    "this quote is not closed on its line");
        }
        return rest.strip();
    }

    private static boolean isMark(char letter) {
        return letter == '#' || letter == '!';
    }
}
