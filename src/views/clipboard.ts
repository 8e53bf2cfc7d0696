export interface Clip {
  readonly html: string;
  readonly text: string;
}

/**
 * Puts HTML and plain text on the clipboard; resolves to whether it worked. Over plain http browsers have no clipboard to
 * write to: there the page asks for a copy itself, which it may answer.
 */
export async function copyClip({ html, text }: Clip): Promise<boolean> {
  try {
    const blob = (content: string, type: string) => new Blob([content], { type });
    const item = new ClipboardItem({ 'text/html': blob(html, 'text/html'), 'text/plain': blob(text, 'text/plain') });
    await navigator.clipboard.write([item]);
    return true;
  } catch {
    return copyByEvent({ html, text });
  }
}

function copyByEvent({ html, text }: Clip): boolean {
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
