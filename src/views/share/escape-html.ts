import { isolated } from '../../store/isolated.ts';

const ENTITIES: { readonly [character: string]: string } = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text as HTML shows it, safe in an element and in a quoted attribute, and turning nothing around it. The twin of `macroplan.escape_html`. */
export function escapeHtml(text: string): string {
  return isolated(text).replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');
}
