/** What the words of a line item beside model and product say; '' for what they do not say. */
export type Qualities = {
  /** `none`: understood, and no token category applies. `other`: fits no shape. */
  token_type: 'input' | 'cached_input' | 'cache_write' | 'output' | 'none' | 'other';
  modality: string;
  /** '' for the default tier. */
  service_tier: string;
  long_context: boolean;
  /** What else a price may depend on, in lower case: "12h" of a cache write, "regional", "1024x1024", a new word. */
  qualifier: string;
};
