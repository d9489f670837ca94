/** Why something failed, in one line: the SDK's own errors say what failed, and their cause says why. */
export function reasonOf(error: unknown): string {
  const { message, cause } = error as Error;
  if (!(cause instanceof Error) || message.includes(cause.message)) return message;
  return `${message}: ${cause.message}`;
}
