import { describe, expect, test } from 'vitest';
import { identifyBy } from './identity.ts';
import { trustedAddresses } from './trusted-addresses.ts';

describe('with dev', () => {
  const identify = identifyBy({ mode: 'dev' }, 'admins');
  const asking = (headers: Record<string, string>) => identify({ address: '127.0.0.1', headers });

  test('nobody in particular is planner-a', () => {
    expect(asking({})).toEqual({
      user_key: 'planner-a',
      display_name: 'Planner A',
      groups: ['macroplan-users'],
      is_admin: false,
    });
  });

  test('a header or a cookie names one of the five, the header first', () => {
    expect(asking({ cookie: 'a=b; macroplan_dev_user=lead' })?.user_key).toBe('lead');
    expect(asking({ cookie: 'macroplan_dev_user=lead', 'x-macroplan-dev-user': 'viewer' })?.user_key).toBe('viewer');
  });

  test('admin is in the group that may create plans', () => {
    expect(asking({ 'x-macroplan-dev-user': 'admin' })).toMatchObject({
      is_admin: true,
      groups: expect.arrayContaining(['admins']),
    });
  });

  test('any other name is nobody', () => {
    for (const name of ['signed-out', 'root', '__proto__', 'constructor', '']) {
      expect(asking({ 'x-macroplan-dev-user': name })).toBeNull();
      expect(asking({ cookie: `macroplan_dev_user=${name}` })).toBeNull();
    }
  });
});

describe('with proxy', () => {
  const identify = identifyBy(
    {
      mode: 'proxy',
      isTrusted: trustedAddresses('10.1.0.0/16, 192.168.7.9, fd00::/8'),
      userHeader: 'x-user',
      nameHeader: 'x-name',
      groupsHeader: 'x-groups',
    },
    'admins',
  );
  const headers = { 'x-user': 'u1', 'x-name': 'Uma One', 'x-groups': 'staff, admins;night' };

  test('a trusted proxy says who asks', () => {
    const identity = { user_key: 'u1', display_name: 'Uma One', groups: ['staff', 'admins', 'night'], is_admin: true };
    for (const address of ['10.1.200.3', '::ffff:10.1.200.3', '192.168.7.9', 'fd12::1']) {
      expect(identify({ address, headers })).toEqual(identity);
    }
  });

  test('the same headers from anywhere else are nobody', () => {
    for (const address of ['10.2.0.1', '192.168.7.8', '127.0.0.1', '::1', 'fe80::1', '', 'nonsense']) {
      expect(identify({ address, headers })).toBeNull();
    }
  });

  test('a request without a user, or with two, is nobody', () => {
    expect(identify({ address: '10.1.0.1', headers: { 'x-name': 'Uma' } })).toBeNull();
    expect(identify({ address: '10.1.0.1', headers: { 'x-user': ['u1', 'u2'] } })).toBeNull();
    expect(identify({ address: '10.1.0.1', headers: { 'x-user': ' ' } })).toBeNull();
  });

  test('names in UTF-8 are read as they were meant, and the development header means nothing', () => {
    const name = Buffer.from('Zoë Müller').toString('latin1');
    const asked = { ...headers, 'x-name': name, 'x-macroplan-dev-user': 'admin' };
    expect(identify({ address: '10.1.0.1', headers: asked })).toMatchObject({
      user_key: 'u1',
      display_name: 'Zoë Müller',
    });
  });
});

test.each(['10.1.0.0/33', '10.1.0', 'fd00::/129', '10.0.0.0/8/8', 'proxy.example.com', '10.0.0.0/'])(
  'an address that is none is refused with its name: %s',
  (text) => {
    expect(() => trustedAddresses(text)).toThrow(text);
  },
);
