// `vite build`, and then the end of the process: the message compiler leaves timers behind that keep the plain
// command alive for half a minute after its work is done.

import { createBuilder } from 'vite';

const builder = await createBuilder({}, null);
await builder.buildApp();
process.exit(0);
