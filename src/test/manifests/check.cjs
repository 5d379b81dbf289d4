// node check.cjs FILE: what `kubectl kustomize` made of the manifests, held against the types of Kubernetes. Values are
// looked at by the validators of kubernetes-models, names by the compiler of TypeScript, as validators let unknown ones
// pass. Needs kubernetes-models, typescript and yaml on NODE_PATH; one line for each fault, and exit code 1.
'use strict';
const fs = require('fs');
const os = require('os');
const path = require('path');
const ts = require('typescript');
const YAML = require('yaml');

const objects = YAML.parseAllDocuments(fs.readFileSync(process.argv[2], 'utf8'), { version: '1.1' }).map((each) => each.toJSON());
const faults = objects.length === 0 ? ['there is nothing in it'] : [];

const lines = [];
objects.forEach((object, i) => {
  const name = `${object.kind} ${object.metadata.name}`;
  const file = `kubernetes-models/${object.apiVersion}`;
  const Model = require(file)[object.kind];
  try {
    new Model(object).validate();
    console.log(`${name}: the values are fine`);
  } catch (e) {
    faults.push(`${name}: ${e.message}`);
  }
  lines.push(`import { ${object.kind} as Kind${i} } from '${file}'; new Kind${i}(${JSON.stringify({ ...object, apiVersion: undefined, kind: undefined })});`);
});

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'manifests-'));
try {
  fs.symlinkSync(path.dirname(path.dirname(require.resolve('kubernetes-models/package.json'))), path.join(folder, 'node_modules'));
  const source = path.join(folder, 'manifests.ts');
  fs.writeFileSync(source, lines.join('\n'));
  const program = ts.createProgram([source], {
    noEmit: true,
    strict: true,
    skipLibCheck: true,
    module: ts.ModuleKind.CommonJS,
    moduleResolution: ts.ModuleResolutionKind.Node10,
    target: ts.ScriptTarget.ES2022,
    types: [],
  });
  for (const each of ts.getPreEmitDiagnostics(program)) {
    faults.push(ts.flattenDiagnosticMessageText(each.messageText, '\n').split('\n').pop().trim());
  }
} finally {
  fs.rmSync(folder, { recursive: true });
}
faults.forEach((each) => console.error(each));
process.exitCode = faults.length === 0 ? 0 : 1;
