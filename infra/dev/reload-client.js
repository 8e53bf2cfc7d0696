// Only in pages of `npm run dev`. It asks for the page now and then and compares the names of what the page is made of: a new
// style sheet takes the old one's place, a new script reloads the page. What was typed is in the replica, so nothing is lost.
const ASK_MS = 250;
const page = new URL('../app', import.meta.url);
const nameOf = (html, pattern) => pattern.exec(html)?.[0];
const STYLE = /macroplan-[0-9a-f]+\.css/;
const SCRIPT = /macroplan-[0-9a-f]+\.js/;

const sheet = () => [...document.querySelectorAll('link[rel="stylesheet"]')].find(({ href }) => STYLE.test(href));
const script = nameOf([...document.scripts].map(({ src }) => src).join(' '), SCRIPT);

async function look() {
  try {
    const html = await (await fetch(page, { cache: 'no-store' })).text();
    if (nameOf(html, SCRIPT) !== script) location.reload();
    const style = nameOf(html, STYLE);
    const old = sheet();
    if (style && old && !old.href.endsWith(style)) await swap(old, style);
  } catch {
    // The host starts anew.
  }
  setTimeout(look, ASK_MS);
}

/** The old one goes when the new one is there, so that the page is never bare. */
function swap(old, style) {
  return new Promise((resolve) => {
    const fresh = old.cloneNode();
    fresh.href = new URL(style, import.meta.url).href;
    fresh.addEventListener('load', () => {
      old.remove();
      resolve();
    });
    fresh.addEventListener('error', () => {
      fresh.remove();
      resolve();
    });
    old.after(fresh);
  });
}

look();
