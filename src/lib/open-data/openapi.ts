/** The description of the public API (OpenAPI 3.1), its shapes made of shapes.ts. Pure. */
import { z } from 'zod';
import { MOST_PER_PAGE, USUAL_PER_PAGE } from './query';
import {
	hashesPage,
	problemShape,
	publication,
	publicationsPage,
	score,
	scoresPage
} from './shapes';

const parameter = (name: string, description: string, schema: object) => ({
	name,
	in: 'query',
	required: false,
	description,
	schema
});
const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const jsonOf = (name: string) => ({ 'application/json': { schema: ref(name) } });
const problemAnswer = (description: string) => ({ description, content: jsonOf('Problem') });

const PERIOD = parameter('period', 'A period: 2026-M06, 2026-Q2, 2026-H1, 2026-9M, 2026-Y', {
	type: 'string'
});
const WHERE = [
	parameter('organisation', 'Id of an organisation', { type: 'string', format: 'uuid' }),
	parameter('unit', 'Id of a unit', { type: 'string', format: 'uuid' }),
	PERIOD
];
const revision = (usual: string) =>
	parameter('revision', 'A number, "latest" (the newest of each period) or "all"', {
		type: 'string',
		default: usual
	});
const PROBLEMS = {
	'304': { description: 'Nothing has changed since the ETag that was sent' },
	'404': problemAnswer('No such organisation or unit'),
	'422': problemAnswer('A parameter is unknown or impossible; "parameter" names it'),
	'429': problemAnswer('Too many requests from this address; Retry-After says how long to wait'),
	'503': problemAnswer('The server is busy; Retry-After says how long to wait')
};
const SHAPES = { score, scoresPage, publication, publicationsPage, hashesPage, problemShape };

/** The shapes as JSON Schema, each under its own name and free of what only a single document needs. */
function schemas(): Record<string, unknown> {
	return Object.fromEntries(
		Object.values(SHAPES).map((shape) => {
			const { id } = z.globalRegistry.get(shape) as { id: string };
			const registry = z.registry<{ id?: string }>();
			for (const one of Object.values(SHAPES)) {
				registry.add(one, { id: (z.globalRegistry.get(one) as { id: string }).id });
			}
			const all = z.toJSONSchema(registry, { uri: (name) => `#/components/schemas/${name}` });
			const { $schema: _schema, $id: _id, ...rest } = all.schemas[id] as Record<string, unknown>;
			return [id, rest];
		})
	);
}

/** @param origin scheme and host of this installation */
export function openApi(origin: string) {
	return {
		openapi: '3.1.0',
		info: {
			title: 'Lắng Nghe: dữ liệu mở',
			version: '1',
			description:
				'Published figures of "Mức độ hài lòng tại nơi phục vụ" (a QR survey, not SIPAS). Only what a leader has published, only cells of at least 10 persons; 10 to 29 persons give an interval only.'
		},
		servers: [{ url: origin }],
		paths: {
			'/api/v1/scores': {
				get: {
					operationId: 'listScores',
					summary: 'Published scores, a page at a time as JSON or whole as CSV',
					parameters: [
						...WHERE,
						revision('latest'),
						parameter('measure', 'Subjects, separated by commas: S0, A, B0, item:B1, …', {
							type: 'string'
						}),
						parameter('formula', 'One formula only', { type: 'string', enum: ['top2', 'mean'] }),
						parameter('format', 'Instead of the Accept header', {
							type: 'string',
							enum: ['json', 'csv']
						}),
						parameter('limit', 'Scores per page; JSON only', {
							type: 'integer',
							minimum: 2,
							maximum: MOST_PER_PAGE,
							default: USUAL_PER_PAGE
						}),
						parameter('after', 'Where the page before ended, as its "next" says; JSON only', {
							type: 'string'
						})
					],
					responses: {
						'200': {
							description: 'Scores',
							content: {
								...jsonOf('ScoresPage'),
								'text/csv': { schema: { type: 'string' } }
							}
						},
						'406': problemAnswer('Neither JSON nor CSV is accepted'),
						...PROBLEMS
					}
				}
			},
			'/api/v1/publications': {
				get: {
					operationId: 'listPublications',
					summary: 'What was published when, with every revision',
					parameters: [...WHERE, revision('all')],
					responses: {
						'200': { description: 'Publications', content: jsonOf('PublicationsPage') },
						...PROBLEMS
					}
				}
			},
			'/api/v1/hashes': {
				get: {
					operationId: 'listHashes',
					summary: 'The daily hashes over everything published, and what they cover',
					responses: {
						'200': { description: 'Hashes', content: jsonOf('Hashes') },
						...PROBLEMS
					}
				}
			}
		},
		components: { schemas: schemas() }
	};
}
