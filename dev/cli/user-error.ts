/** An error that the user of a command can correct: its message alone is shown, without a stack, and ends the command. */
export class UserError extends Error {
  override readonly name = 'UserError';
}
