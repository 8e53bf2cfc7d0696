/** The chapters of a demo plan of any size: the 53 of the template, then the same again for one group of clients after another. */
import { CHAPTERS, type ChapterTemplate } from './chapters.ts';

export interface DemoChapter extends Omit<ChapterTemplate, 'after'> {
  readonly links: readonly Link[];
}

export interface Link {
  /** A chapter's code. */
  readonly predecessor: string;
  readonly kind: 'FS' | 'SS' | 'FF';
  /** Minutes. */
  readonly lag: number;
}

/** In the plan's order: by template chapter, then by group; so a chapter always comes after its predecessors. */
export function programme(count: number): readonly DemoChapter[] {
  const groups = Math.ceil(count / CHAPTERS.length);
  return CHAPTERS.flatMap((template, index) => {
    const mine = Array.from({ length: groups }, (_, group) => group);
    return mine.filter((group) => group * CHAPTERS.length + index < count).map((group) => inGroup(template, group));
  });
}

function inGroup({ after, ...template }: ChapterTemplate, group: number): DemoChapter {
  const suffix = group === 0 ? '' : `-${group + 1}`;
  return {
    ...template,
    code: `${template.code}${suffix}`,
    title: group === 0 ? template.title : `${template.title} (client group ${group + 1})`,
    // Groups follow each other by a few minutes, or they would all lie under one another on a timeline.
    notBefore: template.notBefore + ((group * 35) % 240),
    links: after.map((text) => parseLink(text, suffix)),
  };
}

function parseLink(text: string, suffix: string): Link {
  const [, code, kind = 'FS', lag = '0'] = /^([A-Z]{2})(?: (FS|SS|FF)([+-]\d+)?)?$/.exec(text) ?? [];
  if (code === undefined || (kind !== 'FS' && kind !== 'SS' && kind !== 'FF')) throw new Error(`no link: ${text}`);
  return { predecessor: `${code}${suffix}`, kind, lag: Number(lag) };
}
