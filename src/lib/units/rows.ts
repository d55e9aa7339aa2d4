/** Shapes that the rows of units, points and procedures share. */
import { z } from 'zod';

export const texts = z.object({
	vi: z.string(),
	zh: z.string().nullish(),
	en: z.string().nullish()
});
export const named = z.object({ id: z.uuid(), names: texts });
