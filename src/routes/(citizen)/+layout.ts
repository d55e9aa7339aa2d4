// No script on citizen pages: they work in any browser, and 14 KB is all a first visit costs.
export const csr = false;
