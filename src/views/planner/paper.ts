import type { Unmount } from '../deps.ts';
import './paper.css';

/** Which paper is the reader's choice. How it lies is the page's to say; inside Confluence it is not ours. */
const PAGE = '@page { size: landscape; margin: 10mm }';

/** Calls back before `element` is printed, and once it is. */
export function listenForPrint(element: HTMLElement, onPrint: (isPrinting: boolean) => void): Unmount {
  const page = new CSSStyleSheet();
  page.replaceSync(PAGE);

  function begin(): void {
    if (!element.checkVisibility()) return;
    if (element.closest('[data-page]') !== null) document.adoptedStyleSheets = [...document.adoptedStyleSheets, page];
    onPrint(true);
  }

  function clear(): void {
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((each) => each !== page);
  }

  function end(): void {
    clear();
    onPrint(false);
  }

  addEventListener('beforeprint', begin);
  addEventListener('afterprint', end);
  return () => {
    removeEventListener('beforeprint', begin);
    removeEventListener('afterprint', end);
    clear();
  };
}
