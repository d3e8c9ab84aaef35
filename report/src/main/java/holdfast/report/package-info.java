/// The exact words in which facts reach people and programs.
///
/// [VrrpLog] and [BalanceLog] make sentences of facts; [VrrpAnnouncements] and
/// [BalanceAnnouncements] say which programs and pipes hear of them, [VrrpMails] and
/// [BalanceMails] which people; [VrrpDump], [BalanceDump],
/// [StatsText] and [JsonDump] describe all there is. Texts are contracts with users: the tests
/// hold them letter by letter.
package holdfast.report;
