import type { Message } from './message.ts';

/** Slack refuses a message with a button whose URL is longer: it is sent without the button. */
const MAX_URL = 3000;
/** It takes ten fields in a section, which it shows in two columns. */
const MAX_ROWS = 5;

/**
 * The body of an incoming webhook of Slack. `text` is what a notification shows. Everything is plain text: in a name, `*`,
 * `_`, `~` and `:` would be markup, which nothing escapes.
 */
export function slackBody({ title, text, tables = [], links }: Message): object {
  const buttons = links.filter(({ url }) => url.length <= MAX_URL);
  return {
    text: escaped(title),
    mrkdwn: false,
    blocks: [
      { type: 'header', text: plain(title, 150) },
      ...text.map((paragraph) => ({ type: 'section', text: plain(paragraph, 3000) })),
      ...tables.map(({ title, rows }) => ({
        type: 'section',
        text: plain(title, 3000),
        fields: rows.slice(0, MAX_ROWS).flatMap((row) => row.map((cell) => plain(cell, 2000))),
      })),
      ...(buttons.length > 0
        ? [
            {
              type: 'actions',
              elements: buttons.map((each) => ({ type: 'button', url: each.url, text: plain(each.text, 75) })),
            },
          ]
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
