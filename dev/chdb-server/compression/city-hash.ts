/*
 * CityHash128 of version 1.0.2, the checksum of ClickHouse's compressed blocks; later versions hash differently. Each
 * step is cut to 64 bits at once, so that V8 keeps it in a register: a megabyte takes some milliseconds.
 */
const K0 = 0xc3a5c85c97cb3127n;
const K1 = 0xb492b66fbe98f273n;
const K2 = 0x9ae16a3b2f90404fn;
const K3 = 0xc949d7c7509e6557n;
const MUL = 0x9ddfea08eb382d69n;

/** The 16 bytes of a hash, as they stand in front of a block. */
export function cityHash128(data: Uint8Array): Buffer {
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  const length = data.length;
  const [low, high] =
    length >= 16
      ? hashWithSeed(view, 16, view.getBigUint64(0, true) ^ K3, view.getBigUint64(8, true))
      : length >= 8
        ? hashWithSeed(
            view,
            length,
            view.getBigUint64(0, true) ^ cut(BigInt(length) * K0),
            view.getBigUint64(length - 8, true) ^ K1,
          )
        : hashWithSeed(view, 0, K0, K1);
  const bytes = Buffer.alloc(16);
  bytes.writeBigUInt64LE(low, 0);
  bytes.writeBigUInt64LE(high, 8);
  return bytes;
}

function cut(value: bigint): bigint {
  return BigInt.asUintN(64, value);
}

function rotate(value: bigint, by: bigint): bigint {
  return BigInt.asUintN(64, (value >> by) | BigInt.asUintN(64, value << (64n - by)));
}

function mix(value: bigint): bigint {
  return value ^ (value >> 47n);
}

function hash16(low: bigint, high: bigint): bigint {
  const a = mix(cut((low ^ high) * MUL));
  return cut(mix(cut((high ^ a) * MUL)) * MUL);
}

function hashWithSeed(view: DataView, start: number, low: bigint, high: bigint): [bigint, bigint] {
  return view.byteLength - start < 128 ? murmur(view, start, low, high) : city(view, start, low, high);
}

function city(view: DataView, start: number, low: bigint, high: bigint): [bigint, bigint] {
  const at = (offset: number) => view.getBigUint64(offset, true);
  let s = start;
  let length = view.byteLength - start;
  let x = low;
  let y = high;
  let z = cut(BigInt(length) * K1);
  let v0 = cut(rotate(y ^ K1, 49n) * K1 + at(s));
  let v1 = cut(rotate(v0, 42n) * K1 + at(s + 8));
  let w0 = cut(rotate(cut(y + z), 35n) * K1 + x);
  let w1 = cut(rotate(cut(x + at(s + 88)), 53n) * K1);

  do {
    for (let half = 0; half < 2; half++, s += 64) {
      x = cut(rotate(cut(x + y + v0 + at(s + 16)), 37n) * K1) ^ w1;
      y = cut(rotate(cut(y + v1 + at(s + 48)), 42n) * K1) ^ v0;
      z = rotate(z ^ w0, 33n);
      const v = cut(v1 * K1);
      v1 = weakSecond(view, s, v, cut(x + w0));
      v0 = weakFirst(view, s, v);
      const w = cut(z + w1);
      w1 = weakSecond(view, s + 32, w, y);
      w0 = weakFirst(view, s + 32, w);
      [z, x] = [x, z];
    }
    length -= 128;
  } while (length >= 128);

  y = cut(y + rotate(w0, 37n) * K0 + z);
  x = cut(x + rotate(cut(v0 + z), 49n) * K0);
  for (let done = 32; done - 32 < length; done += 32) {
    const tail = s + length - done;
    y = cut(rotate(cut(y - x), 42n) * K0 + v1);
    w0 = cut(w0 + at(tail + 16));
    x = cut(rotate(x, 49n) * K0 + w0);
    w0 = cut(w0 + v0);
    v1 = weakSecond(view, tail, v0, v1);
    v0 = weakFirst(view, tail, v0);
  }
  x = hash16(x, v0);
  y = hash16(y, w0);
  return [cut(hash16(cut(x + v1), w1) + y), hash16(cut(x + w1), cut(y + v1))];
}

/** The first half of the pair that 32 bytes and two seeds make; it does not depend on the second seed. */
function weakFirst(view: DataView, s: number, a: bigint): bigint {
  const sum = a + view.getBigUint64(s, true) + view.getBigUint64(s + 8, true) + view.getBigUint64(s + 16, true);
  return BigInt.asUintN(64, sum + view.getBigUint64(s + 24, true));
}

function weakSecond(view: DataView, s: number, a: bigint, b: bigint): bigint {
  const first = BigInt.asUintN(64, a + view.getBigUint64(s, true));
  const sum = BigInt.asUintN(64, first + view.getBigUint64(s + 8, true) + view.getBigUint64(s + 16, true));
  const turned = rotate(BigInt.asUintN(64, b + first + view.getBigUint64(s + 24, true)), 21n);
  return BigInt.asUintN(64, turned + rotate(sum, 44n) + first);
}

function murmur(view: DataView, start: number, low: bigint, high: bigint): [bigint, bigint] {
  const at = (offset: number) => view.getBigUint64(offset, true);
  const length = view.byteLength - start;
  const size = BigInt(length);
  let a = low;
  let b = high;
  let c: bigint;
  let d: bigint;
  if (length <= 16) {
    a = cut(mix(cut(a * K1)) * K1);
    c = cut(b * K1 + hashUpTo16(view, start));
    d = mix(cut(a + (length >= 8 ? at(start) : c)));
  } else {
    c = hash16(cut(at(start + length - 8) + K1), a);
    d = hash16(cut(b + size), cut(c + at(start + length - 16)));
    a = cut(a + d);
    for (let s = start; s < start + length - 16; s += 16) {
      a = cut((a ^ cut(mix(cut(at(s) * K1)) * K1)) * K1);
      b ^= a;
      c = cut((c ^ cut(mix(cut(at(s + 8) * K1)) * K1)) * K1);
      d ^= c;
    }
  }
  a = hash16(a, c);
  b = hash16(d, b);
  return [a ^ b, hash16(b, a)];
}

function hashUpTo16(view: DataView, start: number): bigint {
  const length = view.byteLength - start;
  const size = BigInt(length);
  if (length > 8) {
    const last = view.getBigUint64(start + length - 8, true);
    return hash16(view.getBigUint64(start, true), rotate(cut(last + size), size)) ^ last;
  }
  if (length >= 4) {
    const first = BigInt(view.getUint32(start, true));
    return hash16(size + (first << 3n), BigInt(view.getUint32(start + length - 4, true)));
  }
  if (length === 0) return K2;
  const y = BigInt(view.getUint8(start) + (view.getUint8(start + (length >> 1)) << 8));
  const z = BigInt(length + (view.getUint8(start + length - 1) << 2));
  return cut(mix(cut(y * K2) ^ cut(z * K3)) * K2);
}
