import { expect, test } from 'vitest';
import { createAdmission } from './admission.ts';

/** Work that ends when it is told to. */
function held() {
  let end = () => {};
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  return { work: () => ended, end: () => end() };
}

test('lets no more than the bound of one plan work at once', async () => {
  const admission = createAdmission({ most: 2, wait_ms: 1_000 });
  let inside = 0;
  let most = 0;
  const work = async () => {
    inside += 1;
    most = Math.max(most, inside);
    await new Promise((resolve) => setTimeout(resolve, 1));
    inside -= 1;
  };
  await Promise.all(Array.from({ length: 20 }, () => admission.run('DEMO', work)));
  expect(most).toBe(2);
});

test('keeps one busy plan from holding up another', async () => {
  const admission = createAdmission({ most: 1, wait_ms: 1_000 });
  const busy = held();
  const first = admission.run('BUSY', busy.work);
  await expect(admission.run('QUIET', async () => 'done')).resolves.toBe('done');
  busy.end();
  await first;
});

test('sends away who has waited too long, and lets in who comes after', async () => {
  const admission = createAdmission({ most: 1, wait_ms: 5 });
  const busy = held();
  const first = admission.run('DEMO', busy.work);
  await expect(admission.run('DEMO', async () => 'never')).rejects.toMatchObject({ code: 'busy', statusCode: 503 });
  busy.end();
  await first;
  await expect(admission.run('DEMO', async () => 'done')).resolves.toBe('done');
});

test('lets the next in when work fails', async () => {
  const admission = createAdmission({ most: 1, wait_ms: 1_000 });
  const failing = admission.run('DEMO', () => Promise.reject(new Error('broken')));
  const next = admission.run('DEMO', async () => 'done');
  await expect(failing).rejects.toThrow('broken');
  await expect(next).resolves.toBe('done');
});
