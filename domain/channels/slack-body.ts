import type { Message } from './message.ts';

/** Slack refuses a message with a button whose URL is longer: it is sent without the button. */
const MAX_URL = 3000;

/**
 * The body of an incoming webhook of Slack. `text` is what a notification shows. Everything is plain text: in a name, `*`,
 * `_`, `~` and `:` would be markup, which nothing escapes.
 */
export function slackBody({ title, text, url }: Message): object {
  return {
    text: escaped(title),
    mrkdwn: false,
    blocks: [
      { type: 'header', text: plain(title, 150) },
      ...text.map((paragraph) => ({ type: 'section', text: plain(paragraph, 3000) })),
      ...(url && url.length <= MAX_URL
        ? [{ type: 'actions', elements: [{ type: 'button', url, text: plain('Open in Pump', 75) }] }]
        : []),
    ],
  };
}

const plain = (text: string, length: number) => ({ type: 'plain_text', text: shorten(text, length), emoji: false });

/** Slack reads these three as markup of the notification. */
const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** Slack refuses a block that is longer. No character of two units is cut. */
function shorten(text: string, length: number): string {
  if (text.length <= length) return text;
  let kept = '';
  for (const character of text) {
    if (kept.length + character.length >= length) break;
    kept += character;
  }
  return `${kept}…`;
}
