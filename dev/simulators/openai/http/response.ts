/** What the server sends; `cut` closes the connection instead. */
export interface SimulatedResponse {
  status: number;
  body: string | Buffer;
  headers?: Record<string, string>;
  cut?: boolean;
}

/** OpenAI's error object. */
export interface ErrorBody {
  message: string;
  type: string;
  param: string | null;
  code: string | null;
}

/** Ends a request with an error in OpenAI's form. */
export class Refusal extends Error {
  readonly status: number;
  readonly error: ErrorBody;
  constructor(status: number, message: string, error: Partial<ErrorBody> = {}) {
    super(message);
    this.status = status;
    this.error = { message, type: 'invalid_request_error', param: null, code: null, ...error };
  }
}

export const json = (value: unknown, status = 200): SimulatedResponse => ({ status, body: JSON.stringify(value) });

/** The response with the error as an object or, as sometimes seen live, as a bare string. */
export const refusal = ({ status, error }: Refusal, bare: boolean): SimulatedResponse =>
  json({ error: bare ? error.message : error }, status);
