/** Plain forms: no script, so nothing typed before it loads can be lost. */
export const csr = false;
