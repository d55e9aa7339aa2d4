/** Plain forms and tables: nothing here needs a script. */
export const csr = false;
