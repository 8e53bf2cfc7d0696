export interface Clip {
  readonly html: string;
  readonly text: string;
}

/**
 * Puts HTML and plain text on the clipboard; resolves to whether it worked. Over plain http browsers have no clipboard to
 * write to: there `otherwise` tries another way, and says whether that worked.
 */
export async function copyClip({ html, text }: Clip, otherwise: () => boolean): Promise<boolean> {
  try {
    const blob = (content: string, type: string) => new Blob([content], { type });
    const item = new ClipboardItem({ 'text/html': blob(html, 'text/html'), 'text/plain': blob(text, 'text/plain') });
    await navigator.clipboard.write([item]);
    return true;
  } catch {
    return otherwise();
  }
}
