/** A response on its way to the product. `end`: how the connection goes on after the headers or the body. */
export type Reply = {
  status: number;
  headers: Record<string, string>;
  body: string;
  end: 'whole' | 'reset before' | 'reset within' | 'stall before' | 'stall within';
};

export const reply = (status: number, body: string, headers: Record<string, string> = {}): Reply => ({
  status,
  headers: { 'content-type': body.startsWith('<') ? 'text/html' : 'application/json', ...headers },
  body,
  end: 'whole',
});
