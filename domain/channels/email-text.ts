import type { Message } from './message.ts';

/** An e-mail in plain text and in HTML. */
export function emailText({ title, text, tables = [], links }: Message): {
  subject: string;
  text: string;
  html: string;
} {
  const anchors = links.map((link) => `<a href="${escaped(link.url)}">${escaped(link.text)}</a>`);
  const linked = anchors.length > 0 ? `<p>${anchors.join(' · ')}</p>` : '';
  const paragraphs = text.map((paragraph) => `<p>${escaped(paragraph).replaceAll('\n', '<br>')}</p>`).join('');
  const listed = tables.map((table) =>
    [`${table.title}:`, ...table.rows.map((row) => `• ${row.join(': ')}`)].join('\n'),
  );
  const shown = tables.map((table) => {
    const rows = table.rows.map(
      ([what, money]) => `<tr><td>${escaped(what)}</td><td align="right">${escaped(money)}</td></tr>`,
    );
    return `<h3>${escaped(table.title)}</h3><table cellpadding="4">${rows.join('')}</table>`;
  });
  return {
    subject: title.replaceAll(/\s+/g, ' '),
    text: `${[title, ...text, ...listed, ...links.map((link) => `${link.text}: ${link.url}`)].join('\n\n')}\n`,
    html: `<!doctype html><html lang="en"><body style="font-family:sans-serif"><h2>${escaped(title)}</h2>${paragraphs}${shown.join('')}${linked}</body></html>`,
  };
}

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const escaped = (text: string) => text.replaceAll(/[&<>"']/g, (character) => ENTITIES[character] ?? '');
