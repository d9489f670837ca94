/** The bytes that are there end before what is read. */
export class EndOfBytes extends Error {
  override readonly name = 'EndOfBytes';
}

/** A place in bytes, which moves on as they are read. */
export class Cursor {
  at = 0;
  readonly bytes: Buffer;
  constructor(bytes: Buffer) {
    this.bytes = bytes;
  }

  skip(length: number): void {
    this.at += length;
    if (this.at > this.bytes.length) throw new EndOfBytes();
  }

  byte(): number {
    this.skip(1);
    return this.bytes[this.at - 1] as number;
  }

  uint64(): number {
    this.skip(8);
    return Number(this.bytes.readBigUInt64LE(this.at - 8));
  }

  /** A number in groups of seven bits. */
  varUint(): number {
    let value = 0;
    for (let factor = 1; ; factor *= 128) {
      const byte = this.byte();
      value += (byte & 0x7f) * factor;
      if (byte < 0x80) return value;
    }
  }

  string(): string {
    const length = this.varUint();
    this.skip(length);
    return this.bytes.toString('utf8', this.at - length, this.at);
  }
}
