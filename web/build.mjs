// Builds styles and scripts into web/dist: hashed names, a manifest, and a gzip twin of each file.
// `node build.mjs` after `npm ci --ignore-scripts`. The result depends on nothing but the files here and the lock file.

import { createHash } from 'node:crypto'
import { mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import path from 'node:path'
import { gzipSync } from 'node:zlib'

import * as esbuild from 'esbuild'
import rtlcss from 'rtlcss'
import * as sass from 'sass'

const here = path.dirname(fileURLToPath(import.meta.url))
const dist = path.join(here, 'dist')
const manifest = {}

// Older telephones are in use among the people this is for.
const target = ['chrome64', 'firefox67', 'safari12']

async function put(name, bytes) {
  const hash = createHash('sha256').update(bytes).digest('hex').slice(0, 12)
  const { name: stem, ext } = path.parse(name)
  const hashed = `${stem}-${hash}${ext}`
  await writeFile(path.join(dist, hashed), bytes)
  await writeFile(path.join(dist, `${hashed}.gz`), gzipSync(bytes, { level: 9 }))
  manifest[name] = hashed
}

async function style(name) {
  const compiled = sass.compile(path.join(here, 'styles', `${name}.scss`), {
    loadPaths: [here, path.join(here, 'node_modules')],
    quietDeps: true,
    style: 'expanded',
  })
  // The timeline of the MOJ styles has a sign for documents that we neither use nor ship.
  const css = compiled.css.replace(/^\s*background-image: url\(\/assets\/images\/icon-document\.svg\);\n/gm, '')
  if (/GDS Transport|crown|url\(/i.test(css)) {
    throw new Error(`${name}.css names GDS Transport, a crown or an outside file`)
  }
  for (const [file, text] of [[`${name}.css`, css], [`${name}.rtl.css`, rtlcss.process(css)]]) {
    const small = await esbuild.transform(text, { loader: 'css', minify: true, target, legalComments: 'none' })
    await put(file, Buffer.from(small.code))
  }
}

async function script(name) {
  const built = await esbuild.build({
    entryPoints: [path.join(here, 'scripts', `${name}.mjs`)],
    bundle: true,
    format: 'esm',
    minify: true,
    target: ['es2020'],
    legalComments: 'none',
    write: false,
  })
  await put(`${name}.js`, built.outputFiles[0].contents)
}

await mkdir(dist, { recursive: true })
for (const old of await readdir(dist)) {
  await rm(path.join(dist, old), { recursive: true })
}
await Promise.all([style('public'), style('desk'), script('public'), script('wait'), script('files'), script('desk')])
for (const picture of (await readdir(path.join(here, 'images'))).sort()) {
  await put(picture, await readFile(path.join(here, 'images', picture)))
}
const sorted = Object.fromEntries(Object.entries(manifest).sort(([a], [b]) => (a < b ? -1 : 1)))
await writeFile(path.join(dist, 'manifest.json'), JSON.stringify(sorted, null, 2) + '\n')
for (const [name, hashed] of Object.entries(sorted)) {
  const { length } = await readFile(path.join(dist, `${hashed}.gz`))
  console.log(`${name.padEnd(16)} ${String(length).padStart(7)} bytes compressed`)
}
