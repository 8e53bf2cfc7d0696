export interface KeyedNode<Item> {
  readonly element: HTMLElement;
  readonly update: (item: Item) => void;
}

/**
 * Keeps the children of `parent` equal to a list: returns a function of the items, to be called with each new list.
 * An element lives as long as its key is listed, so focus, scroll and a half-typed text inside survive every update.
 * `parent` must have no other children.
 */
export function keyed<Item>(
  parent: Element,
  key: (item: Item) => string,
  mount: (item: Item) => KeyedNode<Item>,
): (items: readonly Item[]) => void {
  const nodes = new Map<string, KeyedNode<Item>>();
  return (items) => {
    const wanted = new Set(items.map(key));
    for (const [id, node] of nodes) {
      if (wanted.has(id)) continue;
      node.element.remove();
      nodes.delete(id);
    }
    let cursor = parent.firstElementChild;
    for (const item of items) {
      const id = key(item);
      const node = nodes.get(id) ?? mount(item);
      nodes.set(id, node);
      node.update(item);
      // The node now here has moved down the list; it is placed on its own turn, so that one move stays one move.
      if (cursor !== node.element && cursor?.nextElementSibling === node.element) cursor = cursor.nextElementSibling;
      if (cursor === node.element) cursor = cursor.nextElementSibling;
      else place(parent, node.element, cursor);
    }
  };
}

/** `moveBefore` keeps focus and scroll in what it moves; `insertBefore` is for new nodes and older browsers. */
export function place(parent: Element, element: Element, before: Element | null): void {
  if (element.parentNode === parent && 'moveBefore' in parent) parent.moveBefore(element, before);
  else parent.insertBefore(element, before);
}
