// Whether a message is nothing but a few emoji, which are shown larger then. Pure.

const MOST = 3;
/** Longer than that nothing of so few emoji is: a family with skin tones has 19 code units. */
const LONGEST = 90;
/** Flags and keys; and signs that are drawn in colour, by themselves or because they are asked to. */
const FLAG_OR_KEY = /^(?:\p{RI}{2}|[\d#*]\ufe0f?\u20e3)$/u;
const SIGN = /^\p{Extended_Pictographic}[\p{Extended_Pictographic}\p{Emoji_Modifier}\ufe0f\u200d\u{e0020}-\u{e007f}]*$/u;
const COLOURED = /[\p{Emoji_Presentation}\ufe0f\u200d]/u;
const segmenter = new Intl.Segmenter();

export function isEmojiOnly(content) {
  if (content.length > LONGEST) return false;
  const seen = Array.from(segmenter.segment(content), ({ segment }) => segment).filter((each) => each.trim() !== '');
  return seen.length > 0 && seen.length <= MOST && seen.every(isEmoji);
}

function isEmoji(segment) {
  return FLAG_OR_KEY.test(segment) || (SIGN.test(segment) && COLOURED.test(segment));
}
