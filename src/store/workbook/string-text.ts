/** A text of a workbook: one piece, or runs of which each has its own look. How its characters are pronounced is left out. */
import { childText, type XmlElement } from '../exchange/read-xml.ts';

export function stringText(element: XmlElement | undefined): string {
  const pieces = (element?.children ?? []).map((one) => {
    if (one.name === 't' || one.name === 'v') return one.text;
    return one.name === 'r' ? childText(one, 't') : '';
  });
  // Characters that XML has no place for stand as `_x000D_` (ECMA-376 part 1, 22.4.2.4).
  return pieces
    .join('')
    .replaceAll(/_x([0-9A-F]{4})_/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
    .replaceAll(/\r\n?/g, '\n');
}
