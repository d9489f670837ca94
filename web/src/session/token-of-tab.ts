import { tokenOfOtherTabs } from './other-tabs.ts';
import { storedToken, storeToken, takeTokenOfAddress } from './token-storage.ts';

/** The token of this tab, and another one that its address offers: which one is used is the reader's choice. */
export type TabTokens = { token: string | null; offered: string | null };

/** The token in use, in this tab or in another; else the one of the address. */
export async function tokenOfTab(): Promise<TabTokens> {
  const ofAddress = takeTokenOfAddress();
  const inUse = storedToken() ?? (await tokenOfOtherTabs());
  const token = inUse ?? ofAddress;
  if (token) storeToken(token);
  return { token, offered: ofAddress !== token ? ofAddress : null };
}
