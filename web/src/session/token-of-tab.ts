import { tokenOfOtherTabs } from './other-tabs.ts';
import { storedToken, storeToken, takeTokenOfAddress } from './token-storage.ts';

export type TabTokens = {
  token: string | null;
  /** Another one, of a link: which of the two is used is the reader's choice. */
  offered: string | null;
  /** Whether the token is a link's, and no other tab has said yet that it has another one. */
  isOfLink: boolean;
};

/** The token in use, in this tab or in another; else the one of the address. */
export async function tokenOfTab(): Promise<TabTokens> {
  const ofAddress = takeTokenOfAddress();
  const inUse = storedToken() ?? (await tokenOfOtherTabs());
  const token = inUse ?? ofAddress;
  if (token) storeToken(token);
  return { token, offered: ofAddress !== token ? ofAddress : null, isOfLink: inUse === null && ofAddress !== null };
}
