/** Something that the person at the keyboard can mend: its message is shown as it is, with no stack, and ends a command. */
export class Problem extends Error {
  override readonly name = 'Problem';
}
