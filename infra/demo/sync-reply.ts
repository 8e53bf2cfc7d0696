/** What of a sync's answer the makers of demo plans look at. */
export interface ReceiptGlance {
  readonly outcome: string;
  readonly refusal: { readonly code: string; readonly message: string } | null;
}

/** Throws where the text is no answer to a sync. */
export function parseReceipts(text: unknown): readonly ReceiptGlance[] {
  const reply: unknown = typeof text === 'string' ? JSON.parse(text) : null;
  if (typeof reply === 'object' && reply !== null && 'receipts' in reply && Array.isArray(reply.receipts)) {
    return reply.receipts;
  }
  throw new Error('The answer to a sync has no receipts.');
}
