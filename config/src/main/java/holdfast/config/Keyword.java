package holdfast.config;

/// A row of the keyword table: one keyword in one block.
///
/// @param canonical the spelling that has the effect; `-` when nothing has one any more
/// @param arguments what may follow, in the notation of [Arguments]
record Keyword(String block, String name, String canonical, String arguments, Support support) {

    /// Whether a block follows, of keywords, of lines, or of words.
    boolean opensBlock() {
        return arguments.endsWith("}");
    }

    boolean opensLines() {
        return arguments.endsWith("{lines}");
    }

    boolean opensWords() {
        return arguments.endsWith("{words}");
    }

    /// Whether what follows is nobody's business.
    boolean isSecret() {
        return name.equals("auth_pass")
                || name.equals("smtp_password")
                || name.equals("key")
                || name.equals("password");
    }

    /// The path of the block that this keyword opens.
    String path() {
        return block.equals(KeywordTable.ROOT) ? name : block + "/" + name;
    }
}
