export function tidy(text: string): string {
  return text.trim().replace(/\s+/g, ' ');
}

/** In lower case; some texts join words by underscores. */
export const words = (text: string) => text.toLowerCase().replaceAll('_', ' ');

/** The parts between commas. Those in brackets stay together, divided by semicolons. */
export function partsOf(body: string): string[] {
  const together = body.replace(/\([^()]*\)/g, (inside) => inside.replaceAll(',', ';'));
  return together.split(',').map(tidy);
}

/** "input (batch; eu)" is "input, batch, eu". */
export function unfold(qualifier: string): string[] {
  const inside: string[] = [];
  const outside = qualifier.replace(/\(([^()]*)\)/g, (_, text: string) => {
    inside.push(...text.split(';'));
    return ' ';
  });
  return [outside, ...inside].map(tidy).filter((part) => part !== '');
}

/** A container's price depends on its memory: "containers (4 GB)". */
export const memoryOf = (head: string): string[] => / \(?(\d{1,3} ?gi?b?)\)?$/i.exec(head)?.slice(1) ?? [];
