package holdfast.netlink.nft;

import static holdfast.netlink.MessageWriter.NLM_F_ACK;
import static holdfast.netlink.MessageWriter.NLM_F_APPEND;
import static holdfast.netlink.MessageWriter.NLM_F_CREATE;
import static holdfast.netlink.MessageWriter.NLM_F_DUMP;
import static holdfast.netlink.MessageWriter.NLM_F_REQUEST;

import holdfast.netlink.MessageWriter;
import java.util.Arrays;
import java.util.List;

/// A transaction on one table, or on the tables of that name of several families. Confined to one
/// thread.
///
/// Each change has a sequence number, by which a refusal names it; a single refusal undoes them
/// all. Few changes are acknowledged, see [#commit], since a thousand answers at once get lost.
public final class NftBatch {

    private final MessageWriter out;
    private NftFamily family;
    private final String table;
    private int sequence;

    /// @param sequence the number of the message that begins the batch
    public NftBatch(MessageWriter out, NftFamily family, String table, int sequence) {
        this.out = out;
        this.family = family;
        this.table = table;
        this.sequence = sequence;
        frame(Nft.BATCH_BEGIN);
    }

    /// What follows is about the table of this family.
    public void turnTo(NftFamily next) {
        family = next;
    }

    /// Ends the transaction; all that came before takes effect when the kernel has read this.
    ///
    /// A change that asks for an acknowledgement is needed to know that it did: the table named
    /// anew is the harmless one that is always possible.
    public int commit() {
        change(Nft.NEWTABLE, NLM_F_ACK);
        out.text(Nft.TABLE_NAME, table).bigU32(Nft.TABLE_FLAGS, 0);
        int last = sequence - 1;
        end();
        return last;
    }

    /// Ends the transaction without asking for another acknowledgement.
    public void end() {
        frame(Nft.BATCH_END);
    }

    /// The number that the next change will have.
    public int sequence() {
        return sequence;
    }

    /// Makes the table, unless it is there.
    public void addTable() {
        change(Nft.NEWTABLE, 0);
        out.text(Nft.TABLE_NAME, table).bigU32(Nft.TABLE_FLAGS, 0);
    }

    /// Removes the table with all that is in it; refused with ENOENT when it is not there. This is
    /// acknowledged, so that [#end] may follow.
    public void deleteTable() {
        change(Nft.DELTABLE, NLM_F_ACK);
        out.text(Nft.TABLE_NAME, table);
    }

    public void addChain(String name) {
        change(Nft.NEWCHAIN, NLM_F_CREATE);
        out.text(Nft.CHAIN_TABLE, table).text(Nft.CHAIN_NAME, name);
    }

    public void addBaseChain(String name, ChainHook hook) {
        change(Nft.NEWCHAIN, NLM_F_CREATE);
        out.text(Nft.CHAIN_TABLE, table).text(Nft.CHAIN_NAME, name);
        out.text(Nft.CHAIN_TYPE, hook.type());
        out.bigU32(Nft.CHAIN_POLICY, hook.accepting() ? Nft.NF_ACCEPT : Nft.NF_DROP);
        out.nestMarked(
                Nft.CHAIN_HOOK,
                () ->
                        out.bigU32(Nft.HOOK_NUMBER, hook.point().number())
                                .bigU32(Nft.HOOK_PRIORITY, hook.priority()));
    }

    /// Refused with EBUSY while something leads there.
    public void deleteChain(String name) {
        change(Nft.DELCHAIN, 0);
        out.text(Nft.CHAIN_TABLE, table).text(Nft.CHAIN_NAME, name);
    }

    /// Adds a rule at the end of a chain.
    public void addRule(String chain, List<Expression> expressions) {
        change(Nft.NEWRULE, NLM_F_CREATE | NLM_F_APPEND);
        out.text(Nft.RULE_TABLE, table).text(Nft.RULE_CHAIN, chain);
        new ExpressionWriter(out).write(Nft.RULE_EXPRESSIONS, expressions);
    }

    /// Removes one rule by the number the kernel gave it.
    public void deleteRule(String chain, long handle) {
        change(Nft.DELRULE, 0);
        out.text(Nft.RULE_TABLE, table).text(Nft.RULE_CHAIN, chain);
        out.bigU64(Nft.RULE_HANDLE, handle);
    }

    /// Removes all rules of a chain.
    public void flushChain(String chain) {
        change(Nft.DELRULE, 0);
        out.text(Nft.RULE_TABLE, table).text(Nft.RULE_CHAIN, chain);
    }

    /// Removes all rules of the table.
    public void flushRules() {
        change(Nft.DELRULE, 0);
        out.text(Nft.RULE_TABLE, table);
    }

    public void addSet(SetSpec set) {
        change(Nft.NEWSET, NLM_F_CREATE);
        out.text(Nft.SET_TABLE, table).text(Nft.SET_NAME, set.name());
        boolean map = !(set.value() instanceof SetSpec.Value.None);
        out.bigU32(Nft.SET_FLAGS, set.flags() | (map ? Nft.FLAG_MAP : 0));
        out.bigU32(Nft.SET_KEY_TYPE, DataType.number(set.key()));
        out.bigU32(Nft.SET_KEY_LEN, DataType.bytes(set.key()));
        switch (set.value()) {
            case SetSpec.Value.None() -> {}
            case SetSpec.Value.ToVerdict() ->
                    out.bigU32(Nft.SET_DATA_TYPE, Nft.DATA_VERDICT).bigU32(Nft.SET_DATA_LEN, 0);
            case SetSpec.Value.Data(var fields) ->
                    out.bigU32(Nft.SET_DATA_TYPE, DataType.number(fields))
                            .bigU32(Nft.SET_DATA_LEN, DataType.bytes(fields));
        }
        out.bigU32(Nft.SET_ID, set.id());
        describe(set);
        if (set.timeoutMillis() != 0) {
            out.bigU64(Nft.SET_TIMEOUT, set.timeoutMillis());
        }
        remind(set);
    }

    /// What nft(8) wants to know to show numbers as they are meant; the kernel only keeps it.
    private void remind(SetSpec set) {
        byte[] key = hostOrder(Nft.REMIND_KEY_ORDER, set.key());
        byte[] value =
                set.value() instanceof SetSpec.Value.Data(var fields)
                        ? hostOrder(Nft.REMIND_DATA_ORDER, fields)
                        : new byte[0];
        if (key.length + value.length > 0) {
            byte[] both = Arrays.copyOf(key, key.length + value.length);
            System.arraycopy(value, 0, both, key.length, value.length);
            out.attribute(Nft.SET_USERDATA, both);
        }
    }

    private static byte[] hostOrder(int type, List<DataType> fields) {
        boolean host = fields.size() == 1 && fields.getFirst().inHostOrder();
        return host ? new byte[] {(byte) type, 4, 1, 0, 0, 0} : new byte[0];
    }

    private void describe(SetSpec set) {
        boolean fields = (set.flags() & SetSpec.CONCATENATION) != 0;
        if (set.size() == 0 && !fields) {
            return;
        }
        out.nestMarked(
                Nft.SET_DESC,
                () -> {
                    if (set.size() != 0) {
                        out.bigU32(Nft.DESC_SIZE, set.size());
                    }
                    if (fields) {
                        out.nestMarked(Nft.DESC_CONCAT, () -> set.key().forEach(this::describe));
                    }
                });
    }

    private void describe(DataType field) {
        out.nestMarked(Nft.LIST_ELEM, () -> out.bigU32(Nft.FIELD_LEN, field.bytes()));
    }

    /// Refused with EBUSY while a rule uses it.
    public void deleteSet(String name) {
        change(Nft.DELSET, 0);
        out.text(Nft.SET_TABLE, table).text(Nft.SET_NAME, name);
    }

    /// @param setId the set's number if this batch makes it, otherwise 0
    public void addElements(String set, int setId, List<SetElement> elements) {
        change(Nft.NEWSETELEM, NLM_F_CREATE);
        out.text(Nft.ELEMENTS_TABLE, table).text(Nft.ELEMENTS_SET, set);
        out.bigU32(Nft.ELEMENTS_SET_ID, setId);
        elements(elements, true);
    }

    /// Refused with ENOENT when one of them is not there.
    public void deleteElements(String set, List<SetElement> elements) {
        change(Nft.DELSETELEM, 0);
        out.text(Nft.ELEMENTS_TABLE, table).text(Nft.ELEMENTS_SET, set);
        elements(elements, false);
    }

    /// Removes all elements.
    public void flushSet(String set) {
        change(Nft.DELSETELEM, 0);
        out.text(Nft.ELEMENTS_SET, set).text(Nft.ELEMENTS_TABLE, table);
    }

    private void elements(List<SetElement> elements, boolean withValues) {
        ExpressionWriter data = new ExpressionWriter(out);
        out.nestMarked(
                Nft.ELEMENTS_LIST,
                () -> {
                    int number = Nft.LIST_ELEM;
                    for (SetElement element : elements) {
                        out.nestMarked(number++, () -> element(data, element, withValues));
                    }
                });
    }

    private void element(ExpressionWriter data, SetElement element, boolean withValue) {
        if (element.mode() instanceof SetElement.Mode.IntervalEnd) {
            out.bigU32(Nft.ELEMENT_FLAGS, Nft.ELEMENT_INTERVAL_END);
        }
        if (element.timeoutMillis() != 0 && withValue) {
            out.bigU64(Nft.ELEMENT_TIMEOUT, element.timeoutMillis());
        }
        data.value(Nft.ELEMENT_KEY, element.key());
        if (element.mode() instanceof SetElement.Mode.Range(var last)) {
            data.value(Nft.ELEMENT_KEY_END, last);
        }
        if (!withValue) {
            return;
        }
        switch (element.value()) {
            case SetElement.Value.None() -> {}
            case SetElement.Value.Data(var octets) -> data.value(Nft.ELEMENT_DATA, octets);
            case SetElement.Value.ToVerdict(var verdict) -> data.verdict(Nft.ELEMENT_DATA, verdict);
        }
    }

    private void change(int message, int flags) {
        out.begin(Nft.type(message), NLM_F_REQUEST | flags, sequence++);
        out.u8(family.number()).u8(0).bigU16(0);
    }

    private void frame(int type) {
        out.begin(type, NLM_F_REQUEST, sequence++);
        out.u8(0).u8(0).bigU16(Nft.SUBSYSTEM);
    }

    /// Lists the tables of a family. Questions stand alone, outside of transactions.
    public static void listTables(MessageWriter out, int sequence, NftFamily family) {
        question(out, Nft.GETTABLE, sequence, family);
    }

    /// Lists the elements of a set; refused with ENOENT when there is no such set.
    public static void listElements(
            MessageWriter out, int sequence, NftFamily family, String table, String set) {
        question(out, Nft.GETSETELEM, sequence, family);
        out.text(Nft.ELEMENTS_TABLE, table).text(Nft.ELEMENTS_SET, set);
    }

    /// Lists the chains of a family; those of one table alone where the kernel is new enough.
    public static void listChains(MessageWriter out, int sequence, NftFamily family, String table) {
        question(out, Nft.GETCHAIN, sequence, family);
        out.text(Nft.CHAIN_TABLE, table);
    }

    /// Lists the sets and maps of a table.
    public static void listSets(MessageWriter out, int sequence, NftFamily family, String table) {
        question(out, Nft.GETSET, sequence, family);
        out.text(Nft.SET_TABLE, table);
    }

    /// Lists the rules of a table.
    public static void listRules(MessageWriter out, int sequence, NftFamily family, String table) {
        question(out, Nft.GETRULE, sequence, family);
        out.text(Nft.RULE_TABLE, table);
    }

    private static void question(MessageWriter out, int message, int sequence, NftFamily family) {
        out.begin(Nft.type(message), NLM_F_REQUEST | NLM_F_DUMP, sequence);
        out.u8(family.number()).u8(0).bigU16(0);
    }
}
