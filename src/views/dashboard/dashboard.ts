import type { Unmount, ViewDeps } from '../deps.ts';

export function mountDashboard(_root: HTMLElement, _deps: ViewDeps): Unmount {
  return () => {};
}
