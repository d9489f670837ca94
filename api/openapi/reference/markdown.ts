import { type Html, html } from './html.ts';

/** Renders the subset of Markdown that our descriptions use: paragraphs, ## headings, - lists and `code`. */
export function markdown(text: string): Html {
  const blocks = text.split(/\n{2,}/).map((block) => {
    if (block.startsWith('## ')) {
      const title = block.slice(3);
      return html`<h2 id="${anchorOf(title)}">${inline(title)}</h2>`;
    }
    if (block.startsWith('- ')) {
      return html`<ul>${block.split('\n').map((item) => html`<li>${inline(item.replace(/^- /, ''))}</li>`)}</ul>`;
    }
    return html`<p>${inline(block)}</p>`;
  });
  return html`${blocks}`;
}

/** Renders text with `code`, without a paragraph around it. */
export function inline(text: string): Html {
  const parts = text.split('`').map((part, index) => (index % 2 ? html`<code>${part}</code>` : html`${part}`));
  return html`${parts}`;
}

/** The headings of a text with their anchors. */
export const headings = (text: string) =>
  [...text.matchAll(/^## (.+)$/gm)].map(([, title = '']) => ({ title, anchor: anchorOf(title) }));

const anchorOf = (title: string) => title.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-');
