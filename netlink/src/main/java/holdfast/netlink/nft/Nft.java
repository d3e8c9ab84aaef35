package holdfast.netlink.nft;

/// Numbers of linux/netfilter/nfnetlink.h and nf_tables.h.
final class Nft {

    static final int SUBSYSTEM = 10;
    static final int BATCH_BEGIN = 16;
    static final int BATCH_END = 17;
    static final int BATCH_GENID = 1;

    /// struct nfgenmsg.
    static final int HEADER_BYTES = 4;

    static final int NEWTABLE = 0;
    static final int GETTABLE = 1;
    static final int DELTABLE = 2;
    static final int NEWCHAIN = 3;
    static final int GETCHAIN = 4;
    static final int DELCHAIN = 5;
    static final int NEWRULE = 6;
    static final int GETRULE = 7;
    static final int DELRULE = 8;
    static final int NEWSET = 9;
    static final int GETSET = 10;
    static final int DELSET = 11;
    static final int NEWSETELEM = 12;
    static final int GETSETELEM = 13;
    static final int DELSETELEM = 14;
    static final int NEWGEN = 15;
    static final int GETGEN = 16;

    static final int TABLE_NAME = 1;
    static final int TABLE_FLAGS = 2;

    static final int CHAIN_TABLE = 1;
    static final int CHAIN_NAME = 3;
    static final int CHAIN_HOOK = 4;
    static final int CHAIN_POLICY = 5;
    static final int CHAIN_TYPE = 7;
    static final int HOOK_NUMBER = 1;
    static final int HOOK_PRIORITY = 2;

    static final int RULE_TABLE = 1;
    static final int RULE_CHAIN = 2;
    static final int RULE_HANDLE = 3;
    static final int RULE_EXPRESSIONS = 4;

    static final int SET_TABLE = 1;
    static final int SET_NAME = 2;
    static final int SET_FLAGS = 3;
    static final int SET_KEY_TYPE = 4;
    static final int SET_KEY_LEN = 5;
    static final int SET_DATA_TYPE = 6;
    static final int SET_DATA_LEN = 7;
    static final int SET_USERDATA = 13;

    /// The parts of what nft(8) has the kernel keep of a set (libnftnl, `NFTNL_UDATA_SET_*`).
    static final int REMIND_KEY_ORDER = 0;

    static final int REMIND_DATA_ORDER = 1;
    static final int SET_DESC = 9;
    static final int SET_ID = 10;
    static final int SET_TIMEOUT = 11;
    static final int DESC_SIZE = 1;
    static final int DESC_CONCAT = 2;
    static final int FIELD_LEN = 1;
    static final int LIST_ELEM = 1;

    static final int FLAG_MAP = 8;
    static final int DATA_VERDICT = 0xffffff00;

    static final int ELEMENTS_TABLE = 1;
    static final int ELEMENTS_SET = 2;
    static final int ELEMENTS_LIST = 3;
    static final int ELEMENTS_SET_ID = 4;

    static final int ELEMENT_KEY = 1;
    static final int ELEMENT_DATA = 2;
    static final int ELEMENT_FLAGS = 3;
    static final int ELEMENT_TIMEOUT = 4;
    static final int ELEMENT_EXPIRATION = 5;
    static final int ELEMENT_KEY_END = 10;
    static final int ELEMENT_INTERVAL_END = 1;

    static final int DATA_VALUE = 1;
    static final int DATA_OF_VERDICT = 2;
    static final int VERDICT_CODE = 1;
    static final int VERDICT_CHAIN = 2;

    static final int GEN_ID = 1;

    static final int NF_DROP = 0;
    static final int NF_ACCEPT = 1;
    static final int NFT_JUMP = -3;
    static final int NFT_GOTO = -4;
    static final int NFT_RETURN = -5;

    private Nft() {}

    static int type(int message) {
        return SUBSYSTEM << 8 | message;
    }
}
