/** What would help most as part of a report: the sentences and the table of the page. Vietnamese. */
import type { ReportPart, ReportTable } from '$lib/reports/report';
import { inLocale } from '$lib/i18n/localised';
import { m } from '$lib/i18n/paraglide/messages.js';
import { helpRows, type Help, type HelpRow } from './help';
import { associationText, helpSentences, liftText, peersText } from './help-words';
import { REPORT_LOCALE } from './report-cells';

function table(help: Help, rows: readonly HelpRow[]): ReportTable {
	const hasPeers = help.peers.items.length > 0;
	return {
		id: 'help',
		name: m.report_sheet_help(),
		title: (hasPeers ? m.report_table_help : m.report_table_association)({
			unit: inLocale(help.unit.names, REPORT_LOCALE)
		}),
		columns: [
			{ head: m.report_code_column(), kind: 'code' },
			{ head: m.report_item_column(), kind: 'text' },
			{ head: m.compare_value_column(), kind: 'percent' },
			{ head: m.compare_count_column(), kind: 'count' },
			...(hasPeers
				? ([
						{ head: m.help_peers_column(), kind: 'percent' },
						{ head: m.help_lift_column(), kind: 'words' },
						{ head: m.compare_group_column(), kind: 'words' }
					] as const)
				: []),
			{ head: m.help_association_column(), kind: 'words' }
		],
		rows: rows.map(({ code, texts, own, persons, peers, gain, association }) => [
			code,
			inLocale(texts, REPORT_LOCALE),
			100 * own,
			persons,
			...(hasPeers
				? [
						peers === null ? '–' : 100 * peers,
						gain?.lift ? liftText(gain.lift, REPORT_LOCALE) : '–',
						gain?.isEstablished ? m.help_lower() : m.help_not_lower()
					]
				: []),
			association ? associationText(association, REPORT_LOCALE) : m.report_hidden()
		]),
		notes: [
			...(hasPeers ? [m.help_table_note({ peers: peersText(help) })] : []),
			m.help_association_note()
		]
	};
}

/** Nothing where no item is shown in full. */
export function helpPart(help: Help): ReportPart {
	const rows = helpRows(help);
	if (rows.length === 0) return { sentences: [], tables: [], method: [] };
	return {
		sentences: help.peers.items.length > 0 ? helpSentences(help, rows, REPORT_LOCALE) : [],
		tables: [table(help, rows)],
		method: [
			`${m.help_method_lift_term()}: ${m.help_method_lift()}`,
			`${m.help_method_association_term()}: ${m.help_method_association()}`
		]
	};
}
