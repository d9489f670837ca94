import { expect, it } from 'vitest';
import { cityHash128 } from '#dev/chdb-server/compression/city-hash.ts';

// Computed by clickhouse-cityhash, a Python module over the C++ code of version 1.0.2: one length of each branch.
const VECTORS: [number, string][] = [
  [0, '2b9ac064fc9df03d291ee592c340b53c'],
  [3, '8669a11d6bfa08312d6150c2f01b3032'],
  [7, 'e32446bce155694dd09b4c5f018c2e25'],
  [8, '985ae3e86c34eb9fbad8455518f1f9f2'],
  [15, 'ffc7a10a47b64314594c685a8398f970'],
  [16, '3d930c8990287e4ec7770444d611659b'],
  [17, '4ef4c7b104ede9f0ae31544dd0c6178a'],
  [33, '11ffe63b615e068a46a80c8146255435'],
  [127, '2c7d14dc18cd84242e0163390cb41e46'],
  [128, '901c915690f7bf519f1b9cbcf997a828'],
  [143, '26d3b014d4b40623956851eb41bd80e9'],
  [144, '227fbc9d0276a19b08a16461a4ae9ca9'],
  [175, 'cd29b7da48614346ec692cbd62491691'],
  [256, '456fefd0bb69e1ea3fd87c92321540d4'],
  [1000, '24448d65900ddd99c08c302cd54ef570'],
  [65537, '9b8b55cf66f12910c57ce0073dae8d2c'],
];
it.each(VECTORS)('hashes %i bytes as ClickHouse does', (length, hash) => {
  const bytes = Buffer.from(Array.from({ length }, (_, index) => (index * 7 + length) % 256));
  expect(cityHash128(bytes).toString('hex')).toBe(hash);
});
