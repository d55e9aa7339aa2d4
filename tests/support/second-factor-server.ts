// A Supabase with a second factor, for tests: everything goes through to the embedded one, and the part that it lacks
// (factors of GoTrue: enrol, challenge, verify, unenrol; `aal` in the token) is added on the way, with real TOTP codes.

import { createHmac, randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

interface Factor {
	id: string;
	factor_type: 'totp';
	status: 'unverified' | 'verified';
	secret: string;
}
interface Claims {
	sub: string;
	session_id: string;
	aal?: string;
	[claim: string]: unknown;
}

const base64url = (text: string) => Buffer.from(text).toString('base64url');
const claimsOf = (token: string): Claims =>
	JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as Claims;

/** The six digits that an authenticator app shows now for this secret (RFC 6238). */
export function totpCode(secret: string, at = Date.now()): string {
	const counter = Buffer.alloc(8);
	counter.writeBigUInt64BE(BigInt(Math.floor(at / 30_000)));
	const digest = createHmac('sha1', Buffer.from(secret, 'hex')).update(counter).digest();
	const offset = digest[19]! & 15;
	return String((digest.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
	const chunks: Buffer[] = [];
	for await (const chunk of request) chunks.push(chunk as Buffer);
	return Buffer.concat(chunks);
}

export class SecondFactorServer {
	url = '';
	/** Secrets by person, as their authenticator app would hold them. */
	readonly factors = new Map<string, Factor>();
	private readonly complete = new Set<string>();
	private readonly refreshTokens = new Map<string, string>();
	private readonly server: Server;
	private readonly target: string;
	private readonly jwtSecret: string;

	constructor(target: string, jwtSecret: string) {
		this.target = target;
		this.jwtSecret = jwtSecret;
		this.server = createServer((request, response) => {
			this.answer(request, response).catch(() => response.writeHead(502).end());
		});
	}

	async start(): Promise<void> {
		await new Promise<void>((ready) => this.server.listen(0, '127.0.0.1', ready));
		this.url = `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
	}

	close(): Promise<void> {
		this.server.closeAllConnections();
		return new Promise((closed) => this.server.close(() => closed()));
	}

	/** The token with the level that its session has reached. */
	private withLevel(token: string): string {
		const [head = ''] = token.split('.');
		const claims = claimsOf(token);
		claims.aal = this.complete.has(claims.session_id) ? 'aal2' : 'aal1';
		const signed = `${head}.${base64url(JSON.stringify(claims))}`;
		return `${signed}.${createHmac('sha256', this.jwtSecret).update(signed).digest('base64url')}`;
	}

	private withFactors(user: { id: string }): object {
		const factor = this.factors.get(user.id);
		const { secret: _, ...shown } = factor ?? { secret: '' };
		return { ...user, factors: factor ? [shown] : [] };
	}

	private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
		const path = request.url ?? '';
		const token = (request.headers.authorization ?? '').replace('Bearer ', '');
		const body = await bodyOf(request);
		if (path.startsWith('/auth/v1/factors')) {
			const { status, json } = this.answerFactor(path, request.method ?? '', token, body);
			response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(json));
			return;
		}
		const headers = new Headers(request.headers as Record<string, string>);
		for (const name of ['host', 'connection', 'content-length']) headers.delete(name);
		const hasBody = !['GET', 'HEAD'].includes(request.method ?? '');
		const passed = await fetch(this.target + path, {
			method: request.method ?? 'GET',
			headers,
			...(hasBody ? { body: new Uint8Array(body) } : {})
		});
		const text = await passed.text();
		const answered = new Headers(passed.headers);
		for (const name of ['content-length', 'content-encoding', 'transfer-encoding']) {
			answered.delete(name);
		}
		response
			.writeHead(passed.status, Object.fromEntries(answered))
			.end(passed.ok && path.startsWith('/auth/v1/') ? this.completed(text) : text);
	}

	/** Adds factors to users and the level to tokens of an Auth answer. */
	private completed(text: string): string {
		if (!text.startsWith('{')) return text;
		const json = JSON.parse(text) as {
			id?: string;
			aud?: string;
			access_token?: string;
			refresh_token?: string;
			user?: { id: string };
		};
		if (json.access_token && json.refresh_token) {
			this.refreshTokens.set(claimsOf(json.access_token).session_id, json.refresh_token);
			json.access_token = this.withLevel(json.access_token);
		}
		if (json.user) json.user = this.withFactors(json.user) as { id: string };
		return JSON.stringify(json.id && json.aud ? this.withFactors({ ...json, id: json.id }) : json);
	}

	private answerFactor(path: string, method: string, token: string, body: Buffer) {
		const person = claimsOf(token).sub;
		const factor = this.factors.get(person);
		const asked = JSON.parse(body.toString() || '{}') as { factor_type?: string; code?: string };
		if (method === 'DELETE') {
			this.factors.delete(person);
			return { status: 200, json: { id: factor?.id } };
		}
		if (path.endsWith('/challenge')) {
			return { status: 200, json: { id: crypto.randomUUID(), type: 'totp', expires_at: 0 } };
		}
		if (path.endsWith('/verify')) {
			if (!factor || asked.code !== totpCode(factor.secret)) {
				const json = { code: 'mfa_verification_failed', message: 'Invalid TOTP code entered' };
				return { status: 422, json };
			}
			factor.status = 'verified';
			const { session_id: session } = claimsOf(token);
			this.complete.add(session);
			const user = this.withFactors({ id: person });
			const tokens = { refresh_token: this.refreshTokens.get(session) };
			const json = { access_token: this.withLevel(token), token_type: 'bearer', expires_in: 600 };
			return { status: 200, json: { ...json, ...tokens, user } };
		}
		if (asked.factor_type !== 'totp') {
			const message = 'factor_type needs to be totp, phone, or webauthn';
			return { status: 400, json: { code: 'validation_failed', message } };
		}
		const secret = randomBytes(20).toString('hex');
		const id = crypto.randomUUID();
		this.factors.set(person, { id, factor_type: 'totp', status: 'unverified', secret });
		const uri = `otpauth://totp/Lang-Nghe?secret=${secret}&issuer=Lang-Nghe`;
		return { status: 200, json: { id, type: 'totp', totp: { qr_code: '', secret, uri } } };
	}
}
