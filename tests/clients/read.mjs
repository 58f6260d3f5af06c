// Reads a running server with one of WordPress's npm clients: node read.mjs CLIENT ADDRESS AUTHORIZATION
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const [client, address, authorization] = process.argv.slice(2);
const root = `${address}/wp-json/`;
let failed = 0;

async function check(name, run) {
  try {
    await run();
    console.log(`ok ${client}: ${name}`);
  } catch (error) {
    failed += 1;
    console.log(`not ok ${client}: ${name}: ${error.stack ?? JSON.stringify(error)}`);
  }
}

async function wpapi() {
  const WPAPI = require('wpapi');
  const site = new WPAPI({ endpoint: root });
  for (const name of ['posts', 'pages', 'media', 'categories', 'tags', 'users']) {
    await check(name, async () => {
      const items = await site[name]().perPage(2);
      assert.ok(items.length > 0 && items[0].id > 0);
      const one = await site[name]().id(items[0].id);
      assert.equal(one.id, items[0].id);
    });
  }
  await check('paging', async () => {
    const first = await site.posts().perPage(3);
    assert.ok(Number(first._paging.total) > 3);
    const second = await first._paging.next;
    assert.ok(second.length > 0);
    assert.ok(second.every((post) => !first.some((other) => other.id === post.id)));
    const back = await second._paging.prev;
    assert.deepEqual(back.map((post) => post.id), first.map((post) => post.id));
  });
  await check('embedding', async () => {
    const [post] = await site.posts().perPage(1).embed();
    assert.ok(post._embedded.author[0].name);
  });
  await check('discovery', async () => {
    const found = await WPAPI.discover(address);
    assert.ok((await found.posts().perPage(1)).length === 1);
  });
}

async function fetching() {
  const loaded = require('@wordpress/api-fetch');
  const apiFetch = loaded.default ?? loaded;
  apiFetch.use(apiFetch.createRootURLMiddleware(root));
  return apiFetch;
}

async function apiFetch() {
  const ask = await fetching();
  for (const name of ['posts', 'pages', 'media', 'categories', 'tags', 'users']) {
    await check(name, async () => {
      const items = await ask({ path: `/wp/v2/${name}?per_page=2` });
      assert.ok(items.length > 0);
      assert.equal((await ask({ path: `/wp/v2/${name}/${items[0].id}` })).id, items[0].id);
    });
  }
  await check('paging', async () => {
    const whole = await ask({ path: '/wp/v2/posts?per_page=5', parse: false });
    const total = Number(whole.headers.get('X-WP-Total'));
    const all = await ask({ path: '/wp/v2/posts?per_page=-1' });
    assert.equal(all.length, total);
    assert.equal(new Set(all.map((post) => post.id)).size, total);
  });
  await check('errors', async () => {
    await assert.rejects(ask({ path: '/wp/v2/posts/999999' }), { code: 'rest_post_invalid_id' });
  });
}

// The package is made for a page: it looks at the window and the document as soon as it is loaded.
function inBrowser() {
  const { JSDOM } = require('jsdom');
  const { window } = new JSDOM('<!doctype html><title>Editor</title>', { url: `${address}/wp-admin/`, pretendToBeVisual: true });
  globalThis.window = window;
  for (const name of Object.getOwnPropertyNames(window)) {
    if (!(name in globalThis)) Object.defineProperty(globalThis, name, { configurable: true, get: () => window[name] });
  }
}

async function coreData() {
  inBrowser();
  const ask = await fetching();
  ask.use((options, next) => next({ ...options, headers: { ...options.headers, Authorization: authorization } }));
  const { resolveSelect } = require('@wordpress/data');
  const core = require('@wordpress/core-data');
  const store = resolveSelect(core.store);
  for (const [kind, name] of [
    ['postType', 'post'], ['postType', 'page'], ['postType', 'attachment'],
    ['taxonomy', 'category'], ['taxonomy', 'post_tag'], ['root', 'user'],
  ]) {
    await check(`${kind} ${name}`, async () => {
      const items = await store.getEntityRecords(kind, name, { per_page: 2 });
      assert.ok(items?.length > 0);
      const one = await store.getEntityRecord(kind, name, items[0].id);
      assert.equal(one.id, items[0].id);
    });
  }
  await check('paging', async () => {
    const query = { per_page: 3, page: 1, orderby: 'date' };
    const first = await store.getEntityRecords('postType', 'post', query);
    const second = await store.getEntityRecords('postType', 'post', { ...query, page: 2 });
    assert.ok(second.every((post) => !first.some((other) => other.id === post.id)));
    assert.ok((await store.getEntityRecordsTotalItems('postType', 'post', query)) > 3);
    assert.ok((await store.getEntityRecordsTotalPages('postType', 'post', query)) > 1);
  });
  await check('permissions', async () => {
    assert.equal(await store.canUser('create', { kind: 'postType', name: 'post' }), true);
  });
  await check('the current user', async () => {
    assert.ok((await store.getCurrentUser()).id > 0);
  });
}

await { wpapi, 'api-fetch': apiFetch, 'core-data': coreData }[client]();
process.exit(failed ? 1 : 0);
