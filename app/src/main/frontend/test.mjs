// Bundles src/**/*.test.ts and runs them with Node's own test runner.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as esbuild from 'esbuild';

const here = dirname(fileURLToPath(import.meta.url));
const tests = readdirSync(join(here, 'src'), { recursive: true })
  .map(String)
  .filter((name) => /\.test\.tsx?$/.test(name))
  .map((name) => join(here, 'src', name));
const folder = mkdtempSync(join(tmpdir(), 'assay-frontend-test-'));
try {
  await esbuild.build({
    entryPoints: tests,
    outdir: folder,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    platform: 'node',
    format: 'esm',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    loader: { '.css': 'empty' },
  });
  const files = readdirSync(folder, { recursive: true }).map(String).filter((name) => name.endsWith('.mjs'));
  const run = spawnSync(process.execPath, ['--test', ...files.map((name) => join(folder, name))], { stdio: 'inherit' });
  process.exitCode = run.status ?? 1;
} finally {
  rmSync(folder, { recursive: true });
}
