/** A plain form: numbers typed before a script loads cannot be lost. */
export const csr = false;
