/** Plain forms: a file chosen before a script loads cannot be lost. */
export const csr = false;
