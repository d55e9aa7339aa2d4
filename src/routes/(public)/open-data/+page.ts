/** Links and one hash: nothing to script. */
export const csr = false;
