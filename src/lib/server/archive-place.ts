// Where the archives of organisations lie: in DATA_DIR, which the worker that makes them and the app that hands them
// out share. Nothing but that: Node runs this file as it is, the app through its bundle.

import { join } from 'node:path';

export const archiveFolder = (dataDir: string): string => join(dataDir, 'archives');

/** @param request id of the request; a UUID, so that no other path can be named */
export function archivePath(dataDir: string, request: string): string {
	if (!/^[0-9a-f-]{36}$/.test(request)) throw new Error('an archive is named by its request');
	return join(archiveFolder(dataDir), `${request}.tar.gz.age`);
}
