/** A node of the run that is under way: of one line, with the script root that `npm run package` makes. */
import { inject } from 'vitest';
import { launchNode, type Node, type NodeOptions } from './launch.ts';
import type { Line } from './lines.ts';

export type { Node } from './launch.ts';

export async function startNode({ line, ...options }: NodeOptions & { readonly line: Line }): Promise<Node> {
  const { java, scripts, lines } = inject('scriptrunner');
  return await launchNode({ java, scripts, classpath: lines[line].classpath }, options);
}
