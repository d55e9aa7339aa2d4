/**
 * The log of the web process: one JSON line per event on standard output.
 * Owns: what may be written. Never the content of an answer, a comment, an address or a token:
 * callers pass names and numbers, and errors are cut down to class, key and stack.
 */
import pino from 'pino';
import { DatabaseError } from './errors';

export const log = pino({ base: null, timestamp: pino.stdTimeFunctions.isoTime });

/** The part of an error that may be written down. Messages of foreign code may quote input. */
export function describeError(error: unknown): Record<string, unknown> {
	if (error instanceof DatabaseError) {
		return { error: error.message, code: error.code, status: error.status };
	}
	if (!(error instanceof Error)) return { error: typeof error };
	const frames = (error.stack ?? '').split('\n').filter((line) => line.startsWith('    at '));
	return { error: error.name, stack: frames.slice(0, 12).map((line) => line.trim()) };
}
