// A provider that lies: every sign-in goes as its `login_hint` says, and `good` is the only honest one.
//
// Environment: PORT, OTHER (the base address of something else, for redirects).

import { createServer } from 'node:http';
import { createHmac, generateKeyPairSync } from 'node:crypto';
import { SignJWT, exportJWK } from 'jose';

const issuer = `http://127.0.0.1:${process.env.PORT}`;
const pair = () => generateKeyPairSync('rsa', { modulusLength: 2048 });
const [own, rotated, foreign, small] = [pair(), pair(), pair(), generateKeyPairSync('rsa', { modulusLength: 1024 })];
const publicKey = async (keys, kid) => ({ ...(await exportJWK(keys.publicKey)), kid, alg: 'RS256', use: 'sig' });

let isRotated = false;
let way = 'good';
let asked = {};
const used = new Set();

const base64 = (value) => Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');

/** How each scenario's token differs from a good one. */
const lies = {
  wrong_issuer: { claims: { iss: `${issuer}/` } },
  other_issuer: { claims: { iss: 'https://accounts.example' } },
  wrong_audience: { claims: { aud: 'somebody-else' } },
  no_audience: { claims: { aud: undefined } },
  two_audiences: { claims: { aud: ['answerable', 'somebody-else'] } },
  wrong_party: { claims: { azp: 'somebody-else' } },
  wrong_nonce: { claims: { nonce: 'another' } },
  no_nonce: { claims: { nonce: undefined } },
  no_subject: { claims: { sub: undefined } },
  expired: { claims: { exp: -3600 } },
  from_the_future: { claims: { iat: 3600 } },
  old: { claims: { iat: -86400 } },
  foreign_key: { key: foreign },
  small_key: { key: small, header: { kid: 'small' } },
  unknown_key: { header: { kid: 'unknown' } },
  swapped_key: { key: foreign, header: { kid: 'one' } },
  jku: { key: foreign, header: { kid: 'two', jku: `${issuer}/foreign.jwks` } },
  access_token: { header: { typ: 'at+jwt' } },
  logout_token: { header: { typ: 'logout+jwt' } },
};

async function token(scenario, nonce) {
  const now = Math.floor(Date.now() / 1000);
  const lie = lies[scenario] ?? {};
  const claims = { iss: issuer, aud: 'answerable', sub: 'subject', nonce, email: 'maya@northwind.example', email_verified: true, ...lie.claims };
  claims.iat = now + (lie.claims?.iat ?? 0);
  claims.exp = now + (lie.claims?.exp ?? 300);
  if (scenario === 'alg_none') return `${base64({ alg: 'none' })}.${base64(claims)}.`;
  if (scenario === 'hs256_public_key') {
    const secret = own.publicKey.export({ type: 'spki', format: 'pem' });
    const message = `${base64({ alg: 'HS256', kid: 'one' })}.${base64(claims)}`;
    return `${message}.${createHmac('sha256', secret).update(message).digest('base64url')}`;
  }
  const signer = isRotated ? rotated : own;
  const header = { alg: 'RS256', kid: isRotated ? 'rotated' : 'one', ...lie.header };
  if (scenario === 'small_key') {
    const { createSign } = await import('node:crypto');
    const message = `${base64(header)}.${base64(claims)}`;
    return `${message}.${createSign('RSA-SHA256').update(message).sign(small.privateKey).toString('base64url')}`;
  }
  return new SignJWT(claims).setProtectedHeader(header).sign((lie.key ?? signer).privateKey);
}

const send = (response, status, body, headers = {}) => {
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(typeof body === 'string' ? body : JSON.stringify(body));
};

const metadata = () => ({
  issuer: way === 'metadata_of_another' ? 'https://accounts.example' : issuer,
  authorization_endpoint: `${issuer}/auth`, token_endpoint: `${issuer}/token`,
  jwks_uri: way === 'keys_inside' ? 'http://169.254.169.254/keys' : `${issuer}/jwks`,
  userinfo_endpoint: `${issuer}/userinfo`,
  authorization_response_iss_parameter_supported: true, code_challenge_methods_supported: ['S256'],
});

async function answer(request, response) {
  const url = new URL(request.url, issuer);
  asked[url.pathname] = (asked[url.pathname] ?? 0) + 1;
  let body = '';
  for await (const chunk of request) body += chunk;
  switch (url.pathname) {
    case '/way': way = url.searchParams.get('is'); isRotated = way === 'rotated'; return send(response, 200, {});
    case '/asked': return send(response, 200, asked);
    case '/.well-known/openid-configuration':
      if (way === 'down') return send(response, 503, 'down');
      if (way === 'slow') return undefined;
      if (way === 'redirecting') return send(response, 302, '', { location: process.env.OTHER });
      if (way === 'huge') return send(response, 200, { ...metadata(), padding: 'x'.repeat(2 << 20) });
      if (way === 'garbage') return send(response, 200, '<html>');
      return send(response, 200, metadata());
    case '/jwks':
      if (way === 'huge_keys') return send(response, 200, { keys: [], padding: 'x'.repeat(300 << 10) });
      return send(response, 200, {
        keys: isRotated ? [await publicKey(rotated, 'rotated')] : [await publicKey(own, 'one'), await publicKey(small, 'small')],
      });
    case '/foreign.jwks': return send(response, 200, { keys: [await publicKey(foreign, 'two')] });
    case '/auth': {
      const ask = Object.fromEntries(url.searchParams);
      const back = new URL(ask.redirect_uri);
      back.searchParams.set('state', ask.state);
      if (ask.login_hint === 'refused') {
        back.searchParams.set('error', 'access_denied');
        back.searchParams.set('error_description', 'not today <script>');
      } else {
        back.searchParams.set('code', base64({ scenario: ask.login_hint, nonce: ask.nonce, at: Math.random() }));
      }
      if (ask.login_hint === 'mix_up') back.searchParams.set('iss', 'https://accounts.example');
      else if (ask.login_hint !== 'no_iss') back.searchParams.set('iss', issuer);
      return send(response, 302, '', { location: back.href });
    }
    case '/token': {
      const code = new URLSearchParams(body).get('code');
      if (used.has(code)) return send(response, 400, { error: 'invalid_grant', error_description: 'the code was used' });
      used.add(code);
      const { scenario, nonce } = JSON.parse(Buffer.from(code, 'base64url'));
      if (scenario === 'no_token') return send(response, 200, { access_token: 'a', token_type: 'Bearer' });
      if (scenario === 'redirecting_token') return send(response, 307, '', { location: process.env.OTHER });
      return send(response, 200, { access_token: scenario, token_type: 'Bearer', id_token: await token(scenario, nonce) });
    }
    case '/userinfo': {
      const other = request.headers.authorization === 'Bearer other_userinfo';
      return send(response, 200, { sub: other ? 'another' : 'subject' });
    }
    default: return send(response, 404, {});
  }
}

createServer((request, response) => answer(request, response).catch((error) => { console.error(error); send(response, 500, {}); }))
  .listen(Number(process.env.PORT), '127.0.0.1');
