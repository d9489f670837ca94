import { plainNumber } from './format/number.ts';

/** What of a selection is copied, in which figures are rounded: the same with every digit, as plain numbers. */
export function copyExact(event: ClipboardEvent): void {
  const selection = document.getSelection();
  if (!selection || selection.rangeCount === 0 || selection.isCollapsed || isField(document.activeElement)) return;
  const copied = document.createElement('div');
  for (let index = 0; index < selection.rangeCount; index++) copied.append(wholeFigure(selection.getRangeAt(index)));
  const figures = copied.querySelectorAll('data[value]');
  if (figures.length === 0) return;
  for (const figure of figures) figure.textContent = plainNumber(figure.getAttribute('value') ?? '');
  document.body.append(copied);
  // biome-ignore lint/performance/useDomNodeTextContent: only innerText has the tabs of a table
  event.clipboardData?.setData('text/plain', copied.innerText);
  event.clipboardData?.setData('text/html', copied.innerHTML);
  copied.remove();
  event.preventDefault();
}

/** What a range holds; of a range that is the text of one figure, the figure. */
function wholeFigure(range: Range): Node {
  const { commonAncestorContainer: at } = range;
  const figure = (at instanceof Element ? at : at.parentElement)?.closest('data[value]');
  return figure && range.toString() === figure.textContent ? figure.cloneNode(true) : range.cloneContents();
}

const isField = (element: Element | null) =>
  element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement || element instanceof HTMLSelectElement;
