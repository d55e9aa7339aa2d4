import { describe, expect, it } from 'vitest';
import { BodyTooLargeError, MalformedBodyError, readForm } from './form-body';

const post = (body: BodyInit, headers: Record<string, string> = {}) =>
	new Request('http://x/', { method: 'POST', body, headers, duplex: 'half' } as RequestInit);
const urlencoded = { 'content-type': 'application/x-www-form-urlencoded' };

describe('the body of a form', () => {
	it('is read in both usual encodings', async () => {
		const form = await readForm(post('S0=4&comment=T%E1%BB%91t+l%E1%BA%AFm&I1=1&I1=2', urlencoded));
		expect(form.get('comment')).toBe('Tốt lắm');
		expect(form.getAll('I1')).toEqual(['1', '2']);
		const multipart = new FormData();
		multipart.set('S0', '5');
		expect((await readForm(post(multipart))).get('S0')).toBe('5');
	});

	it('is refused past the limit, announced or not', async () => {
		await expect(readForm(post('x'.repeat(70_000), urlencoded))).rejects.toThrow(BodyTooLargeError);
		const endless = new ReadableStream({
			pull: (controller) => controller.enqueue(new Uint8Array(10_000))
		});
		await expect(readForm(post(endless, urlencoded))).rejects.toThrow(BodyTooLargeError);
		const lying = { ...urlencoded, 'content-length': '5' };
		await expect(readForm(post('x'.repeat(70_000), lying))).rejects.toThrow(BodyTooLargeError);
	});

	it('is refused when it is no form', async () => {
		await expect(readForm(post('{}', { 'content-type': 'application/json' }))).rejects.toThrow(
			MalformedBodyError
		);
		await expect(
			readForm(post('rubbish', { 'content-type': 'multipart/form-data; boundary=x' }))
		).rejects.toThrow(MalformedBodyError);
	});
});
