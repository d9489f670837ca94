const KEY = 'token';

/**
 * The API's token: from the address's fragment, or as stored by this tab. Browsers do not send the fragment; it is
 * removed from the address at once.
 */
export function readToken(): string | null {
  const fromAddress = new URLSearchParams(location.hash.slice(1)).get('token');
  if (fromAddress) {
    storeToken(fromAddress);
    history.replaceState(null, '', location.pathname + location.search);
  }
  return sessionStorage.getItem(KEY);
}

export const storeToken = (token: string) => sessionStorage.setItem(KEY, token);
export const clearToken = () => sessionStorage.removeItem(KEY);
