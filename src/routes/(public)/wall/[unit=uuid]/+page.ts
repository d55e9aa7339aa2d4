/** No script of the framework: static/wall.js alone keeps the last page while the network is away. */
export const csr = false;
