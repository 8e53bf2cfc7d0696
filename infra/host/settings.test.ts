import { expect, test } from 'vitest';
import { readSettings } from './settings.ts';

test('an empty environment gives a host for one machine with a demo plan', () => {
  expect(readSettings({ PORT: ' ', DATABASE_URL: '' }, '/srv/macroplan')).toEqual({
    port: 8080,
    host: '127.0.0.1',
    databaseUrl: null,
    readDatabaseUrl: null,
    dataDir: '/srv/macroplan/.data',
    seed: 'demo',
    auth: { mode: 'dev' },
    adminGroup: 'macroplan-admins',
    poolSize: 10,
    ratePerMinute: 6_000,
    mail: 'kept',
    metrics: null,
  });
});

test('mails that wait in a database that others use too are for others to send', () => {
  expect(readSettings({ DATABASE_URL: 'postgres://a@db/plans' }, '/').mail).toBeNull();
  expect(readSettings({ MACROPLAN_AUTH: 'proxy', MACROPLAN_TRUSTED_PROXIES: '10.0.0.5' }, '/').mail).toBeNull();
});

test('a proxy may use headers of its own, and gets no demo plan unasked', () => {
  const environment = {
    MACROPLAN_AUTH: 'proxy',
    MACROPLAN_TRUSTED_PROXIES: '10.0.0.5',
    MACROPLAN_USER_HEADER: 'X-Remote-User',
    HOST: '0.0.0.0',
  };
  expect(readSettings(environment, '/').auth).toMatchObject({ mode: 'proxy', userHeader: 'x-remote-user' });
  expect(readSettings(environment, '/').seed).toBe('none');
});

test.each([
  ['MACROPLAN_SMTP_URL', { MACROPLAN_SMTP_URL: 'mail.example.com' }],
  ['MACROPLAN_MAIL_FROM', { MACROPLAN_SMTP_URL: 'smtp://mail.example.com' }],
  ['MACROPLAN_PUBLIC_URL', { MACROPLAN_SMTP_URL: 'smtp://mail.example.com', MACROPLAN_MAIL_FROM: 'plans@example.com' }],
  ['MACROPLAN_METRICS_PORT', { MACROPLAN_METRICS_PORT: 'on' }],
  ['PORT', { PORT: '80a' }],
  ['PORT', { PORT: '65536' }],
  ['PORT', { PORT: '-1' }],
  ['HOST', { HOST: '0.0.0.0' }],
  ['MACROPLAN_AUTH', { MACROPLAN_AUTH: 'none' }],
  ['MACROPLAN_TRUSTED_PROXIES', { MACROPLAN_AUTH: 'proxy' }],
  ['MACROPLAN_TRUSTED_PROXIES', { MACROPLAN_AUTH: 'proxy', MACROPLAN_TRUSTED_PROXIES: 'everybody' }],
  [
    'MACROPLAN_USER_HEADER',
    { MACROPLAN_AUTH: 'proxy', MACROPLAN_TRUSTED_PROXIES: '::1', MACROPLAN_USER_HEADER: 'a b' },
  ],
  ['MACROPLAN_SEED', { MACROPLAN_SEED: 'yes' }],
  ['MACROPLAN_POOL_SIZE', { MACROPLAN_POOL_SIZE: '1' }],
  ['DATABASE_URL', { DATABASE_URL: 'mysql://root@localhost/plans' }],
  ['MACROPLAN_READ_DATABASE_URL', { DATABASE_URL: 'postgres://db/plans', MACROPLAN_READ_DATABASE_URL: 'standby' }],
  ['DATABASE_URL', { MACROPLAN_READ_DATABASE_URL: 'postgres://standby/plans' }],
])('a bad value is refused with a sentence that names %s', (name, environment) => {
  expect(() => readSettings(environment, '/')).toThrow(name);
});

test('a bad DATABASE_URL is not repeated, for it may hold a password', () => {
  expect(() => readSettings({ DATABASE_URL: 'postgres//me:secret@db' }, '/')).toThrow(/^(?!.*secret)/);
});
