import type { Dispatcher } from 'undici';

/** Names are in lower case. */
export type ResponseHeaders = Dispatcher.ResponseData['headers'];

/** A response that was read to its end. */
export type TextResponse = { status: number; headers: ResponseHeaders; body: string };
