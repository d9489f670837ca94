/** What is never seen: format and control characters, and the blank of Braille. */
const UNSEEN = /[\p{Cf}\p{Cc}\p{Default_Ignorable_Code_Point}\u2800]+/gu;
/** Of these, what may go: others join emoji, choose their style, or shape letters, as in Persian. */
const NEEDLESS = /[\p{Cc}\u00ad\u061c\u200b\u202a-\u202e\u2060-\u206f\ufeff]+/gu;

const folded = (text: string) => text.replace(/\s+/gu, ' ');

/** A name as the eye, and a keyboard, tell it from others: for comparing, not for display. */
export const asSeen = (name: string): string =>
  folded(name.normalize('NFKC'))
    .replace(UNSEEN, '')
    .replace(/\p{Pd}/gu, '-')
    .replace(/[\u2018\u2019]/gu, "'")
    .trim();

/** A name as it is displayed; '' where there is nothing to see in it. */
export const displayName = (name: string): string =>
  asSeen(name) === '' ? '' : folded(name.normalize('NFC')).replace(NEEDLESS, '').trim();
