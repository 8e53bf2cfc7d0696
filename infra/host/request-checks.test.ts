import { describe, expect, test } from 'vitest';
import { checkLoopbackName, checkMeantUser, checkPost, ownHosts } from './request-checks.ts';

const good = { 'x-atlassian-token': 'no-check', 'content-type': 'application/json', host: 'plan.example.com:8443' };
const own = ['plan.example.com:8443'];

describe('a POST', () => {
  test.each([
    ['without an origin', {}],
    ['from its own origin', { origin: 'https://plan.example.com:8443' }],
    ['with its own page as referer', { referer: 'https://plan.example.com:8443/wiki/page?x=1' }],
    ['with a charset of UTF-8', { 'content-type': 'application/json; charset=UTF-8' }],
    ['that says it is not encoded', { 'content-encoding': 'identity' }],
  ])('is accepted %s', (_, headers) => {
    expect(() => checkPost({ ...good, ...headers }, own)).not.toThrow();
  });

  test.each([
    ['from another host', { origin: 'https://evil.example.com' }],
    ['from another port', { origin: 'https://plan.example.com' }],
    ['from a page without an origin', { origin: 'null' }],
    ['with an origin that is nonsense', { origin: 'plan.example.com:8443' }],
    ['with a foreign referer', { referer: 'https://evil.example.com/plan.example.com:8443' }],
    ['from a host whose name begins like ours', { origin: 'https://plan.example.com:8443.evil.example.com' }],
    ['without the token header', { 'x-atlassian-token': undefined }],
    ['with the old token', { 'x-atlassian-token': 'nocheck' }],
  ])('is cross-site %s', (_, headers) => {
    expect(() => checkPost({ ...good, ...headers }, own)).toThrow(expect.objectContaining({ code: 'cross_site' }));
  });

  test.each([
    ['a form', { 'content-type': 'application/x-www-form-urlencoded' }],
    ['text', { 'content-type': 'text/plain;application/json' }],
    ['nothing', { 'content-type': undefined }],
    ['Latin-1', { 'content-type': 'application/json; charset=iso-8859-1' }],
    ['compressed', { 'content-encoding': 'gzip' }],
  ])('is not JSON where it is %s', (_, headers) => {
    expect(() => checkPost({ ...good, ...headers }, own)).toThrow(expect.objectContaining({ code: 'not_json' }));
  });
});

test('a forwarded host is ours only where a trusted proxy says so', () => {
  const headers = { host: 'inside:8080', 'x-forwarded-host': 'Plan.example.com, inside:8080' };
  expect(ownHosts(headers, 'anybody')).toEqual(['inside:8080']);
  expect(ownHosts(headers, 'trusted-proxy')).toEqual(['inside:8080', 'plan.example.com']);
});

test('only names of this machine reach a host with development users', () => {
  for (const host of ['localhost', 'localhost:8080', '127.0.0.1:1', '127.8.8.8', '[::1]:80', 'app.localhost:80']) {
    expect(() => checkLoopbackName({ host })).not.toThrow();
  }
  for (const host of ['evil.example.com', 'localhost.evil.com', '10.0.0.1', '127.0.0.1.evil.com', '', undefined]) {
    expect(() => checkLoopbackName({ host })).toThrow(expect.objectContaining({ code: 'cross_site' }));
  }
});

describe('a request that says for whom it was made', () => {
  const identity = { user_key: 'zoë', display_name: 'Z', groups: [], is_admin: false };

  test.each([
    ['that person is signed in', { 'x-macroplan-user': 'zo%C3%AB' }, identity],
    ['it says nothing', {}, identity],
    ['nobody is signed in, which has its own answer', { 'x-macroplan-user': 'other' }, null],
  ])('is let through where %s', (_, headers, who) => {
    expect(() => checkMeantUser(headers, who)).not.toThrow();
  });

  test('is refused where somebody else is signed in', () => {
    const refused = expect.objectContaining({ code: 'wrong_user', statusCode: 403 });
    expect(() => checkMeantUser({ 'x-macroplan-user': 'other' }, identity)).toThrow(refused);
  });
});
