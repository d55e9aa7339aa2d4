// All areas, in the order of the page that is made from them.

import { comments } from './comments.ts';
import { compare } from './compare.ts';
import { evidence } from './evidence.ts';
import { exchange } from './exchange.ts';
import { feedback } from './feedback.ts';
import { hall } from './hall.ts';
import { print } from './print.ts';
import { protection } from './protection.ts';
import { publish } from './publish.ts';
import { questionnaires } from './questionnaires.ts';
import { targets } from './targets.ts';
import { units } from './units.ts';
import type { Area } from './area.ts';

export const AREAS: Area[] = [
	units,
	questionnaires,
	print,
	exchange,
	protection,
	feedback,
	comments,
	evidence,
	compare,
	publish,
	hall,
	targets
];
