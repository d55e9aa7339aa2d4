/** Plain pages: no script is needed to read them or to publish. */
export const csr = false;
