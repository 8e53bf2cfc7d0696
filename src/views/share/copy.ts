import { type Clip, copyClip } from '../clipboard.ts';

/** Copies the table; where the page may not, the preview's page is selected and copied as a person would. */
export function copyTable(clip: Clip, preview: HTMLIFrameElement): Promise<boolean> {
  return copyClip(clip, () => {
    const page = preview.contentDocument;
    page?.defaultView?.getSelection()?.selectAllChildren(page.body);
    const isCopied = page?.execCommand('copy') ?? false;
    page?.defaultView?.getSelection()?.removeAllRanges();
    return isCopied;
  });
}
