import { type Clip, copyClip } from '../clipboard.ts';

/** Copies cells; where the page may not, it asks for a copy itself, which it may answer. */
export function copyCells(clip: Clip): Promise<boolean> {
  return copyClip(clip, () => {
    const onCopy = (event: ClipboardEvent) => {
      event.clipboardData?.setData('text/html', clip.html);
      event.clipboardData?.setData('text/plain', clip.text);
      event.preventDefault();
    };
    document.addEventListener('copy', onCopy, { once: true });
    const isCopied = document.execCommand('copy');
    document.removeEventListener('copy', onCopy);
    return isCopied;
  });
}
