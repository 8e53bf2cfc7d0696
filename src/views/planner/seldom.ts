/**
 * A place in `parent` for what few rows show: the answer puts it into the page, made on its first time, or takes it out,
 * and returns it where it is shown. An element that is only hidden would still be styled, at every row and frame.
 * What shares a parent stands in the order of `rank`, after whatever has none.
 */
export function seldom<E extends Element>(
  parent: Element,
  rank: number,
  make: () => E,
): (isShown: boolean) => E | null {
  let element: E | null = null;
  return (isShown) => {
    if (!isShown) {
      if (element?.parentNode === parent) element.remove();
      return null;
    }
    if (element === null) {
      element = make();
      ranks.set(element, rank);
    }
    if (element.parentNode !== parent) parent.insertBefore(element, firstAbove(parent, rank));
    return element;
  };
}

const ranks = new WeakMap<Element, number>();

function firstAbove(parent: Element, rank: number): Element | null {
  for (const child of parent.children) if ((ranks.get(child) ?? -1) > rank) return child;
  return null;
}
