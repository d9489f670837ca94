import { randomFrom } from '#dev/simulators/openai/arithmetic/random.ts';

/** Choices that follow from a text alone. */
export type Draw = ReturnType<typeof drawFrom>;

export function drawFrom(text: string) {
  const next = randomFrom(text);
  /** Both ends are possible. */
  const whole = (from: number, to: number) => from + Math.floor(next() * (to - from + 1));
  return {
    whole,
    oneOf: <T>(list: readonly T[]) => list[whole(0, list.length - 1)] as T,
    happens: (probability: number) => next() < probability,
  };
}
