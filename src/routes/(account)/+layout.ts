/** Signing in and everything around it works without a script, also on the oldest machine of an office. */
export const csr = false;
