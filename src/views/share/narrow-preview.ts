/**
 * The table on a screen that is narrower than it: without the hours, which draw what the times say, so that all else of a chapter is in
 * sight. Only the preview has this; what is copied, saved, printed or sent is the table as it is.
 */

const HOUR = ' width="14"';

/** The cells of the hours are those that are one hour wide, or span some. A table without them has more words in a line. */
const RULES =
  '@media screen and (width < 640px){table{width:100%}th{width:auto}th[width="14"],td[width="14"],td[colspan]{display:none}' +
  'table:not(:has([width="14"])){font-size:11px!important}table:not(:has([width="14"])) :is(td,th){padding:2px 3px!important}' +
  'p[data-narrow]{display:block}}';
const WORDS = 'This screen has no room for the hours; what is copied, saved, printed or sent has them.';

/** The page as it is previewed. */
export function narrowed(html: string): string {
  const note = html.includes(HOUR) ? `<p data-narrow hidden>${WORDS}</p>` : '';
  return html
    .replace('</head>', () => `<style data-narrow>${RULES}</style></head>`)
    .replace(/<body[^>]*>/, (body) => body + note);
}
