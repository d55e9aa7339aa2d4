// Ports: is one free, which one is free, does somebody answer there.

import { connect, createServer, type AddressInfo } from 'node:net';
import { StartProblem } from './problem.ts';

/** A port that nobody listens on now, on the loopback address. */
export function freePort(): Promise<number> {
	return new Promise((resolve, reject) => {
		const server = createServer();
		server.once('error', reject);
		server.listen(0, '127.0.0.1', () => {
			const { port } = server.address() as AddressInfo;
			server.close(() => resolve(port));
		});
	});
}

/**
 * Makes sure that the app can listen there before anything slow begins.
 * @throws StartProblem when the port is taken or forbidden or the host is not ours
 */
export function assertPortFree(port: number, host: string): Promise<void> {
	return new Promise((resolve, reject) => {
		const server = createServer();
		server.once('error', (error: NodeJS.ErrnoException) => {
			const sentence =
				error.code === 'EADDRINUSE'
					? `Port ${port} is taken by another program: stop that program, or choose another port with PORT=${port + 1} npm start.`
					: error.code === 'EACCES'
						? `Port ${port} may not be opened by your user: choose one above 1023, for example PORT=3000 npm start.`
						: error.code === 'EADDRNOTAVAIL' || error.code === 'ENOTFOUND'
							? `HOST ${host} is not an address of this machine: leave HOST unset to listen on all.`
							: undefined;
			reject(sentence ? new StartProblem(sentence) : error);
		});
		server.listen(port, host, () => server.close(() => resolve()));
	});
}

/** Whether something accepts connections on this port of the loopback address. */
export function answers(port: number, host = '127.0.0.1'): Promise<boolean> {
	return new Promise((resolve) => {
		const socket = connect({ port, host });
		const end = (result: boolean) => {
			socket.destroy();
			resolve(result);
		};
		socket.setTimeout(1000, () => end(false));
		socket.once('connect', () => end(true));
		socket.once('error', () => end(false));
	});
}
