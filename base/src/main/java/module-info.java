/// Words that every other module speaks. Pure.
@org.jspecify.annotations.NullMarked
module holdfast.base {
    requires static transitive org.jspecify;

    exports holdfast.diff;
    exports holdfast.json;
    exports holdfast.net;
    exports holdfast.routing;
    exports holdfast.script;
    exports holdfast.time;
    exports holdfast.wire;
}
