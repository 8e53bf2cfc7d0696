/**
 * Both people's text: theirs, without the lines that I took out, and with the lines that I added after them. Lines are
 * enough for notes, and nothing that somebody wrote is dropped unless somebody dropped it. Pure.
 */
export function combineTexts(base: string, theirs: string, mine: string): string {
  const [was, own] = [linesOf(base), linesOf(mine)];
  const kept = linesOf(theirs).filter((line) => !was.includes(line) || own.includes(line));
  return [...kept, ...own.filter((line) => !was.includes(line) && !kept.includes(line))].join('\n');
}

function linesOf(text: string): readonly string[] {
  return text === '' ? [] : text.split('\n');
}
