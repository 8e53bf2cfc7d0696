import type { Place } from './deps.ts';

/**
 * Keeps the reader's place in the query as `macroplan-KEY`. The path, the hash and every other parameter belong to
 * the page around us and stay as they are; no history entry is added, so Back leaves the page as people expect.
 */
export function pagePlace(page: Window): Place {
  return {
    get: (key) => new URL(page.location.href).searchParams.get(`macroplan-${key}`),
    set(key, value) {
      const url = new URL(page.location.href);
      if (value === null) url.searchParams.delete(`macroplan-${key}`);
      else url.searchParams.set(`macroplan-${key}`, value);
      if (url.href !== page.location.href) page.history.replaceState(page.history.state, '', url);
    },
  };
}
