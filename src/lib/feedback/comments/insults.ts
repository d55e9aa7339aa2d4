/**
 * Tells whether a comment insults somebody. It is then folded away behind a click, never deleted: an angry person may
 * still be right about the queue. A short list, on purpose: what is merely harsh stays open. Pure.
 */
import { fold } from './name-lists.ts';

/** With diacritics: without them these would be everyday words (lồn / lớn, địt / dịt, ngu / ngữ). */
const ACCENTED =
	/(?<!\p{L})(?:địt|đụ má|đụ mẹ|đéo|đếch|lồn|buồi|cặc|đĩ|đồ ngu|ngu như|ngu dốt|ngu xuẩn|thằng ngu|con ngu|lũ ngu|ăn cứt|như cứt|đm|đ\.?m\.?|đcm|đkm|chó má|đồ chó|óc chó|thằng chó|con chó này|súc vật|khốn nạn|mất dạy|vô học|bố láo|láo toét|mẹ kiếp|tổ sư|cút đi|lũ ăn hại|ăn hại|đồ ăn cướp|lũ ăn cướp)(?!\p{L})/u;
/** Folded: no everyday word looks like these. */
const FOLDED =
	/(?<![a-z])(?:do ngu|ngu nhu (?:bo|cho|lon)|ngu dot|thang ngu|con di|do cho|oc cho|thang cho|suc vat|khon nan|mat day|vo hoc|bo lao|lao toet|me kiep|vcl|vkl|clgt|dcm|dkm|dmm|du ma|du me|dit me|deo|fuck\w*|motherfuck\w*|shit\w*|bullshit|ass ?holes?|bastards?|bitch\w*|idiots?|morons?|dickheads?|wtf)(?![a-z])/;
const CHINESE =
	/他妈的|他媽的|你妈|你媽|傻逼|傻屄|煞笔|操你|草泥马|混蛋|王八蛋|狗屎|滚蛋|滾蛋|白痴|去死|垃圾人|狗东西/;

/** Whether the text holds an insult of the list, in Vietnamese, English or Chinese. */
export function isInsulting(text: string): boolean {
	const lower = text.normalize('NFC').toLowerCase();
	return ACCENTED.test(lower) || FOLDED.test(fold(lower)) || CHINESE.test(text);
}
