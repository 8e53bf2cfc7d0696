/** What was pasted into one view for another to read: the planner has the place for it, the import knows how. */
let waiting: DataTransfer | null = null;

/** What is on the clipboard may be read only while the event lasts. */
export function heldFrom(clipboard: DataTransfer): DataTransfer {
  const held = new DataTransfer();
  for (const type of ['text/html', 'text/plain']) held.setData(type, clipboard.getData(type));
  return held;
}

export function handOver(clipboard: DataTransfer): void {
  waiting = heldFrom(clipboard);
}

/** Once; null where nothing was handed over. */
export function takeHandedOver(): DataTransfer | null {
  const taken = waiting;
  waiting = null;
  return taken;
}
