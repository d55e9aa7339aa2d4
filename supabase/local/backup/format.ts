// The inside of an archive: a tar file, so that it can be read without this product. Its entries, in this order:
//   backup.json                         what it is: version of the schema, tables and their columns
//   files/…                             files of DATA_DIR
//   tables/<schema>.<name>/000001.copy  rows as COPY writes them (text), in pieces of some megabytes
//   end.json                            number of rows of every table, positions of sequences
// The last entry tells a whole archive from one whose making was interrupted.

import { z } from 'zod';

export const FORMAT = 1;
export const HEAD = 'backup.json';
export const END = 'end.json';

const table = z.object({ schema: z.string(), name: z.string(), columns: z.array(z.string()) });

export const headSchema = z.object({
	product: z.literal('lang-nghe'),
	format: z.number(),
	madeAt: z.string(),
	/** Versions of all migrations that the database had. */
	migrations: z.array(z.string()).min(1),
	tables: z.array(table)
});
export type Head = z.infer<typeof headSchema>;

export const endSchema = z.object({
	rows: z.record(z.string(), z.number()),
	files: z.number(),
	sequences: z.array(
		z.object({ schema: z.string(), name: z.string(), last: z.string(), called: z.boolean() })
	)
});
export type End = z.infer<typeof endSchema>;
