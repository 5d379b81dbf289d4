// What can be told of a name without asking the server, which has the last word. Pure.

/** Protocol, section 6. */
const MOST = 32;

/** As the server will write it: lower case, and of wide and narrow forms the usual ones (RFC 8265, section 3.3). */
export function canonicalName(text) {
  return text.trim().replace(/[\uff00-\uffef\u3000]+/gu, (wide) => wide.normalize('NFKC')).toLowerCase().normalize('NFC');
}

/** As who somebody will be called who typed this; null when that is what they typed. */
export function otherName(text) {
  const name = canonicalName(text);
  return name === text.trim() || faultOf(name) !== null ? null : name;
}

/** What is wrong with a name, as a key of the area `names` of the message files; null when nothing can be seen. */
export function faultOf(text) {
  if (text.trim() === '') return 'empty';
  if (/\s/u.test(text.trim())) return 'spaces';
  if ([...canonicalName(text)].length > MOST) return 'long';
  if (/[\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}]/u.test(text)) return 'unseen';
  if (/(?![\p{L}\p{N}\p{M}\p{ASCII}])./u.test(canonicalName(text))) return 'signs';
  return null;
}
