/** Plain forms: no script, so nothing chosen before it loads can be lost. */
export const csr = false;
