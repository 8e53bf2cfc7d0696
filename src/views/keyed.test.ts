import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type KeyedNode, keyed } from './keyed.ts';

/** The four things that `keyed` asks of the DOM, counting insertions: enough to judge order and thrift without a browser. */
class Parent {
  readonly children: Child[] = [];
  insertions = 0;

  get firstElementChild(): Child | null {
    return this.children[0] ?? null;
  }

  insertBefore(child: Child, before: Child | null): void {
    this.insertions += 1;
    child.remove();
    child.parentNode = this;
    this.children.splice(before === null ? this.children.length : this.children.indexOf(before), 0, child);
  }
}

class Child {
  parentNode: Parent | null = null;

  constructor(readonly id: string) {}

  get nextElementSibling(): Child | null {
    const siblings = this.parentNode?.children ?? [];
    return siblings[siblings.indexOf(this) + 1] ?? null;
  }

  remove(): void {
    const siblings = this.parentNode?.children ?? [];
    if (siblings.includes(this)) siblings.splice(siblings.indexOf(this), 1);
    this.parentNode = null;
  }
}

function list() {
  const parent = new Parent();
  const mounted: string[] = [];
  const update = keyed<string>(
    parent as unknown as Element,
    (id) => id,
    (id): KeyedNode<string> => {
      mounted.push(id);
      return { element: new Child(id) as unknown as HTMLElement, update: () => {} };
    },
  );
  return { parent, mounted, update, shown: () => parent.children.map(({ id }) => id) };
}

/** How many insertions it takes to get from the first list to the second. */
function cost(from: readonly string[], to: readonly string[]): number {
  const { parent, update } = list();
  update(from);
  parent.insertions = 0;
  update(to);
  return parent.insertions;
}

const ids = fc.uniqueArray(fc.constantFrom(...'abcdefghijklmnop'), { maxLength: 16 });
const hundred = Array.from({ length: 100 }, (_, index) => `row ${index}`);

describe('a keyed list', () => {
  test('shows exactly the items, in their order, whatever was shown before', () => {
    fc.assert(
      fc.property(fc.array(ids, { minLength: 1, maxLength: 6 }), (versions) => {
        const { update, shown } = list();
        for (const version of versions) {
          update(version);
          expect(shown()).toEqual(version);
        }
      }),
      { numRuns: 2_000 },
    );
  });

  test('keeps the element of an item that stays, so focus and half-typed text stay with it', () => {
    const { parent, mounted, update } = list();
    update(['a', 'b', 'c']);
    const [, b] = parent.children;
    update(['c', 'x', 'b']);
    expect(parent.children[2]).toBe(b);
    expect(mounted).toEqual(['a', 'b', 'c', 'x']);
  });

  test('an item that comes back is made anew', () => {
    const { mounted, update } = list();
    update(['a']);
    update([]);
    update(['a']);
    expect(mounted).toEqual(['a', 'a']);
  });

  test('one move costs one insertion, and no change costs none', () => {
    expect(cost(hundred, hundred)).toBe(0);
    expect(cost(hundred, hundred.slice(1))).toBe(0);
    expect(cost(hundred, ['new', ...hundred])).toBe(1);
    expect(cost(hundred, [...hundred.slice(-1), ...hundred.slice(0, -1)])).toBe(1);
    expect(cost(hundred, [...hundred.slice(1), ...hundred.slice(0, 1)])).toBe(1);
  });
});
