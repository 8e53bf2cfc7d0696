/** What a browser keeps as text, seen as values by their names: `texts` is all that is there. */
export function textMemory(texts: Map<string, string>) {
  return {
    get: (key: string) => JSON.parse(texts.get(key) ?? 'null') as unknown,
    set: (key: string, value: unknown) =>
      void (value === null ? texts.delete(key) : texts.set(key, JSON.stringify(value))),
    keys: (start: string) => [...texts.keys()].filter((key) => key.startsWith(start)),
  };
}
