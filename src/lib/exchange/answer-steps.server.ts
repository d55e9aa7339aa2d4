/** What each step of matching past answers shows: choices, guesses, what was saved before. */
import type { SupabaseClient } from '@supabase/supabase-js';
import { formatDate } from '$lib/i18n/dates';
import { inLocale } from '$lib/i18n/localised';
import { m } from '$lib/i18n/paraglide/messages.js';
import type { Locale } from '$lib/i18n/locale';
import * as answers from './answers.server';
import { letters } from './answer-table';
import type { ImportPage } from './imports.server';
import {
	suggestDate,
	suggestFormat,
	suggestItems,
	suggestLevel,
	suggestPlace,
	suggestPoint
} from './suggest';
import { answerRowSentence } from './words';

const PREVIEW = 5;

const savedMapping = (found: ImportPage) => answers.mapping.safeParse(found.mapping).data;
const pointLabel = ({ label, unit, code }: answers.Choices['points'][number]) =>
	`${code ? `${code} · ` : ''}${label} (${unit})`;

/** Step 1: which column is which. */
export async function columnsStep(
	client: SupabaseClient,
	found: ImportPage,
	askedVersion: string | null,
	locale: Locale
) {
	const choices = await answers.readChoices(client, found.unit.id);
	const saved = savedMapping(found);
	const wanted = askedVersion ?? saved?.version_id ?? choices.in_force;
	const version = choices.versions.find(({ id }) => id === wanted) ?? choices.versions[0];
	const rows = found.rows.flatMap(({ cells }) => (Array.isArray(cells) ? [cells] : []));
	const isSame = saved && saved.version_id === version?.id;
	const guessed = suggestItems(found.columns, version?.items ?? []);
	const dateColumn = suggestDate(found.columns);
	const days = rows.map((cells) => cells[dateColumn] ?? '');
	return {
		names: found.columns.map((name, at) => ({
			value: String(at),
			label: `${letters(at)}: ${name}`
		})),
		preview: rows.slice(0, PREVIEW),
		total: found.total,
		versions: choices.versions.map(({ id, names, number, published_on }) => ({
			id,
			label: m.exchange_answers_version_label({
				name: inLocale(names, locale),
				number,
				day: formatDate(published_on, locale)
			})
		})),
		version: version?.id ?? null,
		items: (version?.items ?? []).map(({ code, text }) => ({
			code,
			text,
			column: isSame ? (saved.items[code] ?? null) : (guessed[code] ?? null)
		})),
		points: choices.points.map((point) => ({ id: point.id, label: pointLabel(point) })),
		chosen: {
			date: saved ? ('column' in saved.date ? saved.date.column : -1) : dateColumn,
			day: saved && 'day' in saved.date ? saved.date.day : '',
			format: saved && 'format' in saved.date ? saved.date.format : suggestFormat(days),
			place: saved
				? 'column' in saved.place
					? saved.place.column
					: -1
				: suggestPlace(found.columns),
			point: saved && 'point' in saved.place ? saved.place.point : ''
		}
	};
}

const levelChoice = (level: number | null | undefined) =>
	level === undefined ? '' : level === null ? 'blank' : String(level);

/** Step 2: what every value means. */
export async function valuesStep(client: SupabaseClient, found: ImportPage, locale: Locale) {
	const [values, choices] = await Promise.all([
		answers.readValues(client, found.id),
		answers.readChoices(client, found.unit.id)
	]);
	const saved = savedMapping(found);
	const tooMany =
		values.levels.length > answers.MOST_LEVELS ||
		(values.places?.length ?? 0) > answers.MOST_PLACES;
	const day = (one: string | null | undefined) => (one ? formatDate(one, locale) : null);
	return {
		tooMany,
		levels: tooMany
			? []
			: values.levels.map(({ value, count }) => ({
					value,
					count,
					chosen: levelChoice(
						saved?.levels && value in saved.levels ? saved.levels[value] : suggestLevel(value)
					)
				})),
		places: tooMany
			? []
			: (values.places ?? []).map(({ value, count }) => ({
					value,
					count,
					chosen:
						saved?.points && value in saved.points
							? (saved.points[value] ?? 'skip')
							: (suggestPoint(value, choices.points) ?? '')
				})),
		points: choices.points.map((point) => ({ id: point.id, label: pointLabel(point) })),
		dates: values.dates && {
			first: day(values.dates.first),
			last: day(values.dates.last),
			wrong: values.dates.wrong,
			samples: values.dates.samples.slice(0, 5).map((one) => one || '∅')
		}
	};
}

/** Step 3 and after: what would be recorded, how far it is, what was recorded. */
export function resultStep(found: ImportPage, offset: number) {
	const summary = answers.answerSummary.safeParse(found.summary).data ?? {
		...{ rows: 0, right: 0, wrong: 0, years: {} }
	};
	return {
		state:
			found.state !== 'queued'
				? found.state
				: found.job?.state === 'failed'
					? ('failed' as const)
					: ('queued' as const),
		total: found.total,
		processed: found.processed,
		...summary,
		years: Object.entries(summary.years).sort(([a], [b]) => a.localeCompare(b)),
		offset,
		rows: found.rows.map(({ number, cells, problems }) => ({
			number,
			line: Array.isArray(cells) ? cells.filter(Boolean).join(' · ') : '',
			problems: problems.map(({ key }) => answerRowSentence(key))
		}))
	};
}
