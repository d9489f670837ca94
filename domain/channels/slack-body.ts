import type { Message } from './message.ts';

/** The body of an incoming webhook of Slack. `text` is what a notification shows. */
export function slackBody({ title, text, url }: Message): object {
  return {
    text: escaped(title),
    blocks: [
      { type: 'header', text: { type: 'plain_text', text: shorten(title, 150) } },
      ...text.map((paragraph) => ({
        type: 'section',
        text: { type: 'mrkdwn', text: shorten(escaped(paragraph), 3000) },
      })),
      ...(url
        ? [
            {
              type: 'actions',
              elements: [{ type: 'button', url, text: { type: 'plain_text', text: 'Show the costs' } }],
            },
          ]
        : []),
    ],
  };
}

/** Slack reads these three as markup. */
const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** Slack refuses a block that is longer. */
const shorten = (text: string, length: number) => (text.length > length ? `${text.slice(0, length - 1)}…` : text);
