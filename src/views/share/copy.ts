/**
 * Puts HTML and text on the clipboard; resolves to whether it worked. Over plain http browsers have no clipboard to write
 * to, so there the preview's page is selected and copied as a person would.
 */
export async function copyTable(html: string, text: string, preview: HTMLIFrameElement): Promise<boolean> {
  try {
    const blob = (content: string, type: string) => new Blob([content], { type });
    const item = new ClipboardItem({ 'text/html': blob(html, 'text/html'), 'text/plain': blob(text, 'text/plain') });
    await navigator.clipboard.write([item]);
    return true;
  } catch {
    const page = preview.contentDocument;
    page?.defaultView?.getSelection()?.selectAllChildren(page.body);
    const isCopied = page?.execCommand('copy') ?? false;
    page?.defaultView?.getSelection()?.removeAllRanges();
    return isCopied;
  }
}
