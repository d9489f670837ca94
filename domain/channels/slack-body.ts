import type { Message } from './message.ts';

/** Slack refuses a message with a button whose URL is longer: it is sent without the button. */
const MAX_URL = 3000;

/** The body of an incoming webhook of Slack. `text` is what a notification shows. */
export function slackBody({ title, text, url }: Message): object {
  return {
    text: escaped(title),
    blocks: [
      { type: 'header', text: { type: 'plain_text', text: shorten(title, 150) } },
      ...text.map((paragraph) => ({
        type: 'section',
        text: { type: 'mrkdwn', text: shorten(paragraph, 3000, escaped) },
      })),
      ...(url && url.length <= MAX_URL
        ? [
            {
              type: 'actions',
              elements: [{ type: 'button', url, text: { type: 'plain_text', text: 'Open in Pump' } }],
            },
          ]
        : []),
    ],
  };
}

/** Slack reads these three as markup. */
const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** Slack refuses a block that is longer. What one character is escaped to is not cut, nor a character of two units. */
function shorten(text: string, length: number, toPart = (character: string) => character): string {
  const parts = Array.from(text, toPart);
  const whole = parts.join('');
  if (whole.length <= length) return whole;
  let kept = '';
  for (const part of parts) {
    if (kept.length + part.length >= length) break;
    kept += part;
  }
  return `${kept}…`;
}
