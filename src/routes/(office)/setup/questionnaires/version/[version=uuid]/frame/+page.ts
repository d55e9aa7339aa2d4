/** As on the citizen's page: no script. */
export const csr = false;
