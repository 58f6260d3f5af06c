// Reads a running server with the plain client that the documents show: node snippet.mjs MODULE ADDRESS
import assert from 'node:assert/strict';
import { pathToFileURL } from 'node:url';

const [module, address] = process.argv.slice(2);
const { posts } = await import(pathToFileURL(module));

async function gathered(site) {
  const found = [];
  for await (const post of posts(site)) found.push(post);
  return found;
}

try {
  const found = await gathered(address);
  const answer = await fetch(`${address}/wp-json/wp/v2/posts`);
  assert.equal(found.length, Number(answer.headers.get('X-WP-Total')));
  assert.ok(found.length > 3);
  assert.equal(new Set(found.map((post) => post.id)).size, found.length);
  assert.ok(found.every((post) => post.link.startsWith('http') && typeof post.title.rendered === 'string'));
  // What is no site of WordPress's ends in an error and not in an empty list.
  await assert.rejects(gathered(`${address}/wp-json/wp/v2/nothing`));
  console.log('ok typescript: all posts');
} catch (error) {
  console.log(`not ok typescript: all posts: ${error.stack ?? error}`);
  process.exitCode = 1;
}
