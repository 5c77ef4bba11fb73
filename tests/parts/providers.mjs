// Three certified OpenID providers that behave like Okta, Entra and Google: what their tokens hold, and what not.
//
// Environment: PORTS (three, separated by commas), REDIRECTS (what redirect addresses begin with).
// A person signs in by `login_hint`; who comes without one is Maya. `/control?backchannel=` sets the client's back-channel
// address; `/control?lost=` takes everybody out of a group; `/control?keys=` says where the keys of the client `by-key` are;
// `/control?disabled=` ends the account of that name; `/control?down=` `yes` or `no` says whether the token endpoint fails.
// `/issued` tells what was given: every refresh and identity token, what was revoked, and how often each thing was asked for.
// As with those that they behave like, Okta alone lets itself be told that a token counts no more; `down` is for that too.
//
// As with those that they behave like, a refresh token takes the scope and no consent each time, and Google offers none. The
// client `by-key` may have none, and asking for one is refused.

import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { Provider } from 'oidc-provider';

const ports = process.env.PORTS.split(',').map(Number);
const redirects = process.env.REDIRECTS;

const rsa = (kid) => ({ ...generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ format: 'jwk' }), kid, alg: 'RS256', use: 'sig' });
const ec = (kid) => ({ ...generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ format: 'jwk' }), kid, alg: 'ES256', use: 'sig' });

/** Where the keys of the client that has some are. */
let keysAt;

/** Groups that nobody is in any more. */
const lost = new Set();

/** People who are no more. */
const disabled = new Set();

/** Whether tokens can be had. */
let isDown = false;

/** What each vendor says of the person of an address. */
const vendors = {
  okta: {
    key: rsa, algorithm: 'RS256', authentication: 'client_secret_basic',
    claims: (name, address) => ({
      email: address, email_verified: !name.startsWith('unverified'), name: title(name),
      groups: name.startsWith('finance') && !lost.has('Finance') ? ['Everyone', 'Finance'] : ['Everyone'],
    }),
  },
  entra: {
    key: rsa, algorithm: 'RS256', authentication: 'client_secret_post',
    claims: (name, address, issuer) => ({
      email: address, name: title(name), tid: 'd2f1', oid: `oid-${name}`,
      ...(name.startsWith('many')
        ? { _claim_names: { groups: 'src1' }, _claim_sources: { src1: { endpoint: `${issuer}/me/getMemberObjects` } } }
        : { groups: ['6f0c'] }),
    }),
  },
  google: {
    key: ec, algorithm: 'ES256', authentication: 'client_secret_post',
    claims: (name, address) => ({ email: address, email_verified: true, name: title(name), hd: address.split('@')[1] }),
  },
};

const title = (name) => name[0].toUpperCase() + name.slice(1);

for (const [at, [vendor, its]] of Object.entries(vendors).entries()) {
  const issuer = `http://127.0.0.1:${ports[at]}`;
  /** The sign-ins that asked for a refresh token, by their nonce. */
  const lasting = new Set();
  const issued = { refreshed: 0, failed: 0, refused: 0, untold: 0, told: 0, revoked: [], refresh_tokens: [], id_tokens: [] };
  const provider = new Provider(issuer, {
    clients: [{
      client_id: 'answerable', client_secret: `${vendor}-secret-that-is-long-enough-0123456789`,
      redirect_uris: [`${redirects}/sso/cb/any`], post_logout_redirect_uris: [`${redirects}/sign-in`],
      token_endpoint_auth_method: its.authentication, id_token_signed_response_alg: its.algorithm,
      response_types: ['code'], grant_types: ['authorization_code', 'refresh_token'],
      backchannel_logout_uri: `${redirects}/sso/logout/any`, backchannel_logout_session_required: true, require_auth_time: true,
    }, {
      client_id: 'by-key', jwks_uri: `${redirects}/sso/keys/any`,
      redirect_uris: [`${redirects}/sso/cb/any`], response_types: ['code'], grant_types: ['authorization_code'],
      token_endpoint_auth_method: 'private_key_jwt', token_endpoint_auth_signing_alg: 'ES256', id_token_signed_response_alg: its.algorithm,
      require_auth_time: true,
    }],
    jwks: { keys: [its.key(`${vendor}-1`)] },
    cookies: { keys: [randomUUID()] },
    conformIdTokenClaims: false,
    claims: {
      openid: ['sub', 'sid', 'acr', 'amr', 'groups', 'tid', 'oid', 'hd', '_claim_names', '_claim_sources'],
      email: ['email', 'email_verified'], profile: ['name'],
    },
    features: {
      devInteractions: { enabled: false }, backchannelLogout: { enabled: true }, rpInitiatedLogout: { enabled: true },
      revocation: { enabled: vendor === 'okta' },
    },
    pkce: { required: () => true },
    scopes: vendor === 'google' ? ['openid'] : ['openid', 'offline_access'],
    issueRefreshToken: (_, client, code) => client.grantTypeAllowed('refresh_token') && lasting.has(code.nonce),
    rotateRefreshToken: () => true,
    interactions: { url: (_, interaction) => `/interaction/${interaction.uid}` },
    findAccount: (_, id) => {
      const [name] = id.split('@');
      if (disabled.has(name)) return undefined;
      const sub = vendor === 'google' ? String(1e15 + Buffer.from(name).readUIntBE(0, 2)) : `${vendor}-${name}`;
      return { accountId: id, claims: () => ({ ...its.claims(name, id, issuer), sub: id, account: sub }) };
    },
    loadExistingGrant: async (ctx) => {
      const grant = new ctx.oidc.provider.Grant({ clientId: ctx.oidc.client.clientId, accountId: ctx.oidc.session.accountId });
      grant.addOIDCScope('openid email profile offline_access');
      await grant.save();
      return grant;
    },
    // Its own guard would keep it from telling a program on loopback.
    fetch: (url, options) => { const { dispatcher, ...rest } = options ?? {}; return globalThis.fetch(String(url).endsWith('/sso/keys/any') ? keysAt : url, rest); },
  });
  provider.Client.prototype.redirectUriAllowed = (uri) => uri.startsWith(`${redirects}/sso/cb/`);
  provider.use(async (ctx, next) => {
    if (ctx.path.startsWith('/interaction/')) {
      const { params, session } = await provider.interactionDetails(ctx.req, ctx.res);
      await provider.interactionFinished(ctx.req, ctx.res, { login: { accountId: params.login_hint ?? session?.accountId ?? 'maya@northwind.example', amr: ['pwd', 'otp'], acr: 'high' } });
      ctx.respond = false;
    } else if (ctx.path === '/me/getMemberObjects') {
      const token = await provider.AccessToken.find((ctx.get('authorization') || '').replace('Bearer ', ''));
      ctx.status = token ? 200 : 401;
      ctx.body = token ? { value: Array.from({ length: 250 }, (_, i) => `group-${i}`) } : {};
    } else if (ctx.path === '/control') {
      if (ctx.query.keys) keysAt = ctx.query.keys;
      if (ctx.query.lost) lost.add(ctx.query.lost);
      if (ctx.query.disabled) disabled.add(ctx.query.disabled);
      if (ctx.query.down) isDown = ctx.query.down === 'yes';
      if (ctx.query.backchannel) (await provider.Client.find('answerable')).backchannelLogoutUri = ctx.query.backchannel;
      ctx.body = {};
    } else if (ctx.path === '/issued') {
      ctx.body = issued;
    } else if (ctx.path === '/token' && isDown) {
      issued.failed += 1;
      ctx.status = 503;
      ctx.body = { error: 'invalid_grant' };
    } else if (ctx.path === '/token/revocation' && isDown) {
      issued.untold += 1;
      ctx.status = 503;
    } else if (ctx.path === '/token/revocation') {
      await next();
      if (ctx.status === 200) {
        issued.told += 1;
        issued.revoked.push(ctx.oidc.params.token);
      } else {
        issued.untold += 1;
      }
    } else if (ctx.path === '/auth' && (ctx.query.scope || '').split(' ').includes('offline_access')) {
      if (ctx.query.client_id === 'by-key') {
        issued.refused += 1;
        return ctx.redirect(`${ctx.query.redirect_uri}?${new URLSearchParams({ error: 'invalid_scope', state: ctx.query.state, iss: issuer })}`);
      }
      lasting.add(ctx.query.nonce);
      await next();
    } else {
      await next();
      if (ctx.path === '/token' && ctx.status === 200) {
        if (ctx.oidc.params.grant_type === 'refresh_token') issued.refreshed += 1;
        if (ctx.body.refresh_token) issued.refresh_tokens.push(ctx.body.refresh_token);
        issued.id_tokens.push(ctx.body.id_token);
      }
    }
    return undefined;
  });
  provider.on('server_error', (_, error) => console.error(vendor, error));
  provider.listen(ports[at], '127.0.0.1');
}
