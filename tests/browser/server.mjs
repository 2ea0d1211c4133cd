// Serves a folder of static files, as a plain static host would: for `make serve`, the browser tests and the bench.
//
//   node server.mjs FOLDER [--port 8080] [--base /some/folder/]
//
// Why not a package: the small ones (sirv, serve-handler) neither mount a folder under a sub-path nor compress with
// brotli unless the files are compressed beforehand, and the site must be measured with brotli and tested under a
// sub-path. This needs node alone, so `make serve` needs no package either.
//
// It answers GET and HEAD, on 127.0.0.1 only, with the right types, an ETag, and brotli (11) or gzip (9) where the client
// takes them. Each file is compressed once for each of its versions; all are compressed before the first request.

import { createHash } from 'node:crypto';
import { readFile, readdir, realpath, stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import path from 'node:path';
import { parseArgs, promisify } from 'node:util';
import { fileURLToPath } from 'node:url';
import zlib from 'node:zlib';

const TYPES = {
  '.css': 'text/css; charset=utf-8',
  '.gif': 'image/gif',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.jpg': 'image/jpeg',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.md': 'text/markdown; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
  '.webmanifest': 'application/manifest+json; charset=utf-8',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
};
const COMPRESSIBLE = /^(text\/|application\/|image\/svg)/;

const brotli = promisify(zlib.brotliCompress);
const gzip = promisify(zlib.gzip);

/** Reads files under one folder and keeps them, compressed, for as long as they do not change. */
class Files {
  #folder;
  #encodings;
  #kept = new Map();

  constructor(folder, encodings) {
    this.#folder = folder;
    this.#encodings = encodings;
  }

  /** The file that a path inside the site names, or null. A path to a folder names the index.html in it. */
  async find(sitePath) {
    let file = path.join(this.#folder, sitePath);
    try {
      // Links are followed first, so that neither `..` nor a link leads out of the folder.
      file = await realpath(file);
      let facts = await stat(file);
      if (facts.isDirectory()) {
        if (!sitePath.endsWith('/')) return null;
        file = await realpath(path.join(file, 'index.html'));
        facts = await stat(file);
      }
      if (!file.startsWith(this.#folder + path.sep) || !facts.isFile()) return null;
      return await this.#read(file, `${facts.mtimeMs}-${facts.size}`);
    } catch (error) {
      if (['ENOENT', 'ENOTDIR', 'ENAMETOOLONG', 'ELOOP'].includes(error.code)) return null;
      throw error;
    }
  }

  /** Compresses every file, so that the first request is answered as fast as the next. */
  async warm() {
    for (const entry of await readdir(this.#folder, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile()) continue;
      const full = path.join(entry.parentPath ?? entry.path, entry.name);
      await this.find(path.relative(this.#folder, full).split(path.sep).join('/'));
    }
  }

  async #read(file, version) {
    let kept = this.#kept.get(file);
    if (kept?.version !== version) {
      // The promise is kept, not the outcome: requests that come together share one compression.
      kept = { version, content: compress(file, this.#encodings) };
      kept.content.catch(() => this.#kept.delete(file));
      this.#kept.set(file, kept);
    }
    return kept.content;
  }
}

async function compress(file, encodings) {
  const plain = await readFile(file);
  const type = TYPES[path.extname(file).toLowerCase()] ?? 'application/octet-stream';
  const bodies = { identity: plain };
  if (encodings && COMPRESSIBLE.test(type)) {
    const { BROTLI_PARAM_QUALITY, BROTLI_PARAM_SIZE_HINT, BROTLI_MAX_QUALITY } = zlib.constants;
    const params = { [BROTLI_PARAM_QUALITY]: BROTLI_MAX_QUALITY, [BROTLI_PARAM_SIZE_HINT]: plain.length };
    [bodies.br, bodies.gzip] = await Promise.all([brotli(plain, { params }), gzip(plain, { level: 9 })]);
  }
  return { type, bodies, tag: createHash('sha256').update(plain).digest('base64url').slice(0, 22) };
}

/** The encoding to answer with: the smallest that the client takes and that is smaller than the plain file. */
function encodingFor(acceptEncoding, bodies) {
  const taken = new Map(
    acceptEncoding.toLowerCase().split(',').map((part) => {
      const [name, ...settings] = part.trim().split(/\s*;\s*/);
      const weight = settings.find((setting) => setting.startsWith('q='));
      return [name, weight === undefined || Number(weight.slice(2)) > 0];
    }),
  );
  const takes = (name) => taken.get(name) ?? taken.get('*') ?? false;
  const best = ['br', 'gzip'].find((name) => bodies[name] && takes(name));
  return best && bodies[best].length < bodies.identity.length ? best : 'identity';
}

/** The path inside the site that a request names, or null where it is outside it or is no path at all. */
function sitePathOf(target, base) {
  let decoded;
  try {
    decoded = decodeURIComponent(target.split(/[?#]/, 1)[0]);
  } catch {
    return null;
  }
  if (!decoded.startsWith(base) || /[\0\\]/.test(decoded)) return null;
  const sitePath = decoded.slice(base.length);
  return sitePath.split('/').includes('..') ? null : sitePath;
}

/**
 * Starts a server; the promise is kept once it listens, all files compressed.
 * Port 0 takes any free port; `onRequest` is told the path of each request within the site; without `encodings`
 * files go as they are. Resolves to `{ url, close }`.
 */
export async function serve({ folder, port = 0, base = '/', onRequest = () => {}, encodings = true }) {
  if (!/^\/(.*\/)?$/.test(base)) throw new Error(`the base must begin and end with a slash: ${base}`);
  const files = new Files(await realpath(folder), encodings);
  await files.warm();

  const answer = async (request, response) => {
    const say = (status, text, headers = {}) => {
      response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8', ...headers });
      response.end(request.method === 'HEAD' ? undefined : `${text}\n`);
    };
    if (request.method !== 'GET' && request.method !== 'HEAD') return say(405, 'Only GET and HEAD', { allow: 'GET, HEAD' });
    const target = request.url.split(/[?#]/, 1)[0];
    if (base !== '/' && target === base.slice(0, -1)) return say(308, 'Moved', { location: base });
    const sitePath = sitePathOf(target, base);
    onRequest(sitePath);
    const found = sitePath === null ? null : await files.find(sitePath === '' ? '/' : sitePath);
    if (found === null) return say(404, 'Not found');

    const encoding = encodingFor(request.headers['accept-encoding'] ?? '', found.bodies);
    const body = found.bodies[encoding];
    const headers = {
      'content-type': found.type,
      'cache-control': 'no-cache',
      etag: `"${found.tag}-${encoding}"`,
      vary: 'accept-encoding',
      'x-content-type-options': 'nosniff',
    };
    if (request.headers['if-none-match'] === headers.etag) {
      response.writeHead(304, headers);
      return response.end();
    }
    if (encoding !== 'identity') headers['content-encoding'] = encoding;
    response.writeHead(200, { ...headers, 'content-length': body.length });
    return response.end(request.method === 'HEAD' ? undefined : body);
  };

  const server = createServer((request, response) => {
    answer(request, response).catch((error) => {
      console.error(`${request.method} ${request.url}: ${error.message}`);
      if (!response.headersSent) response.writeHead(500);
      response.end();
    });
  });
  await new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${server.address().port}${base}`,
    close: () => new Promise((resolve) => {
      server.close(resolve);
      server.closeAllConnections();
    }),
  };
}

async function main() {
  const usage = 'usage: node server.mjs FOLDER [--port 8080] [--base /some/folder/]';
  let options;
  try {
    options = parseArgs({ allowPositionals: true, options: { port: { type: 'string' }, base: { type: 'string' } } });
    if (options.positionals.length !== 1) throw new Error('name one folder');
  } catch (error) {
    console.error(`${error.message}\n${usage}`);
    process.exit(2);
  }
  const folder = options.positionals[0];
  const port = Number(options.values.port ?? 8080);
  try {
    const { url } = await serve({ folder, port, base: options.values.base });
    console.log(`Serving ${folder} on ${url} (Ctrl-C stops it)`);
  } catch (error) {
    const why = {
      EADDRINUSE: `port ${port} is taken; choose another: make serve PORT=${port + 1}`,
      ENOENT: `there is no folder ${folder}; make build makes the site`,
    };
    console.error(why[error.code] ?? error.message);
    process.exit(1);
  }
}

if (process.argv[1] && path.resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(0));
  await main();
}
