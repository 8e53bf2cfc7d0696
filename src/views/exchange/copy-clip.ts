/**
 * Puts a table on the clipboard; resolves to whether it worked. Over plain http browsers have no clipboard to write to, but
 * let a page answer a copy that it asks for itself.
 */
export async function copyClip({ html, text }: { readonly html: string; readonly text: string }): Promise<boolean> {
  try {
    const blob = (content: string, type: string) => new Blob([content], { type });
    const item = new ClipboardItem({ 'text/html': blob(html, 'text/html'), 'text/plain': blob(text, 'text/plain') });
    await navigator.clipboard.write([item]);
    return true;
  } catch {
    const onCopy = (event: ClipboardEvent) => {
      event.clipboardData?.setData('text/html', html);
      event.clipboardData?.setData('text/plain', text);
      event.preventDefault();
    };
    document.addEventListener('copy', onCopy, { once: true });
    const isCopied = document.execCommand('copy');
    document.removeEventListener('copy', onCopy);
    return isCopied;
  }
}
