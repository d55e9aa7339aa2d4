import { expect, test } from 'vitest';
import { keptFields, localPath, parseKept, typedTexts } from './kept-form';

test('texts are carried, passwords and files are not', () => {
	const form = new FormData();
	form.append('note', 'Cảm ơn');
	form.append('new-password', 'secret words');
	form.append('file', new Blob(['x']), 'x.txt');
	expect(keptFields(form)).toEqual([['note', 'Cảm ơn']]);
});

test('what comes back is what was sent, and nonsense is an empty form', () => {
	expect(parseKept(JSON.stringify([['note', 'a']]))).toEqual([['note', 'a']]);
	for (const bad of [null, '', '{', '{"a":1}', '[["a"]]', '[[1,2]]', '[["password","x"]]']) {
		expect(parseKept(bad)).toEqual([]);
	}
});

test('ids are not shown as something the person wrote', () => {
	const id = crypto.randomUUID();
	expect(
		typedTexts([
			['unit', id],
			['note', ' Cảm ơn ']
		])
	).toEqual(['Cảm ơn']);
});

test('only an address of this site is gone on to', () => {
	expect(localPath('/members?unit=1')).toBe('/members?unit=1');
	for (const bad of [
		null,
		'',
		'members',
		'//evil.example',
		'/\\evil.example',
		'https://evil.example'
	]) {
		expect(localPath(bad)).toBe('/office');
	}
});
