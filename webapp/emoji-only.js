// Whether a message is nothing but a few emoji, which are shown larger then. Pure.

const MOST = 3;
/** Longer than that nothing of so few emoji is: a family with skin tones has 19 code units. */
const LONGEST = 90;
const EMOJI = /^(?:\p{RI}{2}|[\d#*]\ufe0f?\u20e3|(?=.*[\p{Emoji_Presentation}\ufe0f\u200d])\p{Extended_Pictographic}[\p{Extended_Pictographic}\p{Emoji_Modifier}\ufe0f\u200d\u{e0020}-\u{e007f}]*)$/u;
const segmenter = new Intl.Segmenter();

export function isEmojiOnly(content) {
  if (content.length > LONGEST) return false;
  const seen = Array.from(segmenter.segment(content), ({ segment }) => segment).filter((each) => each.trim() !== '');
  return seen.length > 0 && seen.length <= MOST && seen.every((each) => EMOJI.test(each));
}
