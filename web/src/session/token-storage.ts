const KEY = 'token';

export const storedToken = () => sessionStorage.getItem(KEY);
export const storeToken = (token: string) => sessionStorage.setItem(KEY, token);
export const clearToken = () => sessionStorage.removeItem(KEY);

export const tokenOfAddress = () => new URLSearchParams(location.hash.slice(1)).get('token');

/** The token of the address's fragment. Browsers do not send the fragment; it is removed from the address at once. */
export function takeTokenOfAddress(): string | null {
  const token = tokenOfAddress();
  if (token) history.replaceState(null, '', location.pathname + location.search);
  return token;
}

/** A link that differs from the address by its token alone loads nothing: the page does, as for any other link. */
export const reloadAtToken = () =>
  addEventListener('hashchange', () => {
    if (tokenOfAddress()) location.reload();
  });
