/** Takes subtle crypto away, as plain http does, so that every step of a night runs on the simulated loop. */
export function withoutSubtleCrypto(): () => void {
  const real = Object.getOwnPropertyDescriptor(globalThis, 'crypto');
  const getRandomValues = crypto.getRandomValues.bind(crypto);
  Object.defineProperty(globalThis, 'crypto', { configurable: true, value: { getRandomValues } });
  return () => {
    if (real) Object.defineProperty(globalThis, 'crypto', real);
  };
}
