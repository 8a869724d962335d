// Reads FILE.graphml or FILE.gexf with graphology and prints what it found as JSON:
// node read.cjs FILE
'use strict';

const fs = require('fs');
const {createRequire} = require('module');

const [file] = process.argv.slice(2);
// The packages lie in the folder that the tests installed them in, not beside this file.
const load = createRequire(process.cwd() + '/');
const {MultiDirectedGraph} = load('graphology');
const {parse} = load(file.endsWith('.gexf') ? 'graphology-gexf' : 'graphology-graphml');

const graph = parse(MultiDirectedGraph, fs.readFileSync(file, 'utf8'));
const nodes = graph.mapNodes((id, attributes) => ({id, ...attributes}));
const edges = graph.mapEdges((id, attributes, source, target) => ({id, source, target, ...attributes}));
process.stdout.write(JSON.stringify({nodes, edges}));
