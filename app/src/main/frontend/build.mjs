// Bundles the report and the web page into the resources of the app module; see README.md.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as esbuild from 'esbuild';

const here = dirname(fileURLToPath(import.meta.url));
const resources = join(here, '../resources/dev/assay/app');

const bundles = [
  { name: 'report', entry: 'src/report/main.tsx', sources: ['src/report', 'src/shared'], folder: join(resources, 'report') },
  { name: 'page', entry: 'src/page/main.tsx', sources: ['src/page', 'src/shared'], folder: join(resources, 'web') },
];

/**
 * Observable Plot puts a <style> element into each chart, which a strict Content-Security-Policy refuses. Its rules are in
 * src/shared/plot.css instead.
 */
const plotWithoutStyleElement = {
  name: 'plot-without-style-element',
  setup(build) {
    build.onLoad({ filter: /@observablehq[\\/]plot[\\/]src[\\/]plot\.js$/ }, (file) => {
      const before = readFileSync(file.path, 'utf8');
      const after = before.replace(/svg\.append\("style"\)\.text\(\s*`[^`]*`\s*\)/, 'svg');
      if (after === before) {
        throw new Error('plot.js no longer has the <style> element that build.mjs takes out: look at ' + file.path);
      }
      return { contents: after, loader: 'js' };
    });
  },
};

function filesBelow(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? filesBelow(path) : [path];
  });
}

/** SHA-256 over the sources of a bundle: of each file its path, a line feed, its bytes; sorted by path. BundleTest does the same. */
function digestOfSources(sources) {
  const paths = [...sources.flatMap((folder) => filesBelow(join(here, folder))), join(here, 'package-lock.json'), join(here, 'build.mjs')]
    .map((path) => relative(here, path).split(sep).join('/'))
    .sort((a, b) => (a < b ? -1 : 1));
  const digest = createHash('sha256');
  for (const path of paths) {
    digest.update(path + '\n');
    digest.update(readFileSync(join(here, path)));
  }
  return digest.digest('hex');
}

/** The packages whose code is in the bundle, each with its licence; equal texts once. */
function licencesOf(metafile) {
  const folders = new Set();
  for (const output of Object.values(metafile.outputs)) {
    for (const [path, input] of Object.entries(output.inputs)) {
      const match = /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path);
      if (match && input.bytesInOutput > 0) {
        folders.add(match[0]);
      }
    }
  }
  const byText = new Map();
  for (const folder of [...folders].sort()) {
    const about = JSON.parse(readFileSync(join(here, folder, 'package.json'), 'utf8'));
    const file = readdirSync(join(here, folder)).find((name) => /^licen[cs]e/i.test(name));
    if (!file) {
      throw new Error(about.name + ' comes without a licence file');
    }
    const text = readFileSync(join(here, folder, file), 'utf8').replace(/\r/g, '').replace(/\*\//g, '* /').trim();
    byText.set(text, [...(byText.get(text) ?? []), `${about.name} ${about.version} (${about.license})`]);
  }
  return [...byText].map(([text, packages]) => packages.join('\n') + '\n\n' + text).join('\n\n' + '-'.repeat(80) + '\n\n') + '\n';
}

for (const bundle of bundles) {
  if (!existsSync(join(here, bundle.entry))) {
    continue;
  }
  const result = await esbuild.build({
    absWorkingDir: here,
    entryPoints: { [bundle.name]: bundle.entry },
    outdir: bundle.folder,
    bundle: true,
    minify: true,
    sourcemap: false,
    format: 'iife',
    target: ['es2022'],
    jsx: 'automatic',
    jsxImportSource: 'preact',
    legalComments: 'none',
    metafile: true,
    write: false,
    plugins: [plotWithoutStyleElement],
  });
  const licences = licencesOf(result.metafile);
  mkdirSync(bundle.folder, { recursive: true });
  for (const file of result.outputFiles) {
    const name = file.path.endsWith('.js') ? bundle.name + '.js' : bundle.name + '.css';
    const text = name.endsWith('.js') ? `/*! Assay, Apache-2.0, with parts of the following.\n\n${licences}*/\n${file.text}` : file.text;
    if (/<!--|<\/(script|style)/i.test(text)) {
      throw new Error(name + ' has a text that would end or change the element that it is embedded in');
    }
    writeFileSync(join(bundle.folder, name), text);
    console.log(`${name}  ${(text.length / 1024).toFixed(0)} KiB`);
  }
  writeFileSync(join(bundle.folder, bundle.name + '.licences.txt'), licences);
  writeFileSync(join(bundle.folder, bundle.name + '.sources.sha256'), digestOfSources(bundle.sources) + '\n');
}
