import type { Message } from './message.ts';

/** An e-mail in plain text and in HTML. */
export function emailText({ title, text, url }: Message): { subject: string; text: string; html: string } {
  const link = url ? `<p><a href="${escaped(url)}">Open in Pump</a></p>` : '';
  const paragraphs = text.map((paragraph) => `<p>${escaped(paragraph).replaceAll('\n', '<br>')}</p>`).join('');
  return {
    subject: title.replaceAll(/\s+/g, ' '),
    text: `${[title, ...text, ...(url ? [url] : [])].join('\n\n')}\n`,
    html: `<!doctype html><html lang="en"><body style="font-family:sans-serif"><h2>${escaped(title)}</h2>${paragraphs}${link}</body></html>`,
  };
}

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const escaped = (text: string) => text.replaceAll(/[&<>"']/g, (character) => ENTITIES[character] ?? '');
