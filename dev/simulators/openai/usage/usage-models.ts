// The bill and the usage do not always agree on a model's name: one has the date of the version, the other has not.
const usageNames: Record<string, string> = {
  'gpt-image-1': 'gpt-image-1-2025-04-23',
  'gpt-image-2-2026-04-21': 'gpt-image-2',
  whisper: 'whisper-1',
};

/** What the usage endpoints call a model of the bill. */
export const usageModel = (billed: string) => usageNames[billed] ?? billed;

/** On the bill, and in no usage endpoint. */
export const WITHOUT_USAGE = 'chat-latest';
