/**
 * Where a webhook may lead: https, and no machine inside the house. An administrator of the product
 * is not an administrator of the network, and the worker stands inside it (server-side request
 * forgery). WEBHOOK_PRIVATE_HOSTS=on lifts both for installations that mean it, and for tests.
 */
import { BlockList, isIP } from 'node:net';

const PRIVATE = new BlockList();
for (const [net, bits] of [
	['0.0.0.0', 8],
	['10.0.0.0', 8],
	['100.64.0.0', 10],
	['127.0.0.0', 8],
	['169.254.0.0', 16],
	['172.16.0.0', 12],
	['192.0.0.0', 24],
	['192.168.0.0', 16],
	['198.18.0.0', 15],
	['224.0.0.0', 3]
] as const) {
	PRIVATE.addSubnet(net, bits, 'ipv4');
}
for (const [net, bits] of [
	['::', 96],
	['64:ff9b::', 96],
	['2002::', 16],
	['fc00::', 7],
	['fe80::', 10],
	['ff00::', 8]
] as const) {
	PRIVATE.addSubnet(net, bits, 'ipv6');
}

/** Whether an address is of this machine, of the house, or of nobody. What is no address is private. */
export function isPrivateAddress(address: string): boolean {
	const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
	const plain = mapped ?? address;
	const family = isIP(plain);
	if (family === 0 || /^::ffff:/i.test(plain)) return true;
	return PRIVATE.check(plain, family === 4 ? 'ipv4' : 'ipv6');
}

export type AddressProblem = 'no_address' | 'not_https' | 'private';

/**
 * What is wrong with an address before anybody is asked for its name.
 * @param allowPrivate also http, and hosts inside the house
 */
export function problemOf(text: string, allowPrivate: boolean): AddressProblem | undefined {
	if (!URL.canParse(text)) return 'no_address';
	const { protocol, hostname, username, password } = new URL(text);
	if (username || password || !['http:', 'https:'].includes(protocol)) return 'no_address';
	if (allowPrivate) return undefined;
	if (protocol !== 'https:') return 'not_https';
	const host = hostname.replace(/^\[|\]$/g, '');
	if (isIP(host) ? isPrivateAddress(host) : /(^|\.)(localhost|local|internal)\.?$/i.test(host)) {
		return 'private';
	}
	return undefined;
}
