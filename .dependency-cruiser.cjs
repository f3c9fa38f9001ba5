/** The direction of dependencies between the rooms of the house (see ARCHITECTURE.md). */
const rooms = {
  platform: [],
  protos: [],
  models: ['platform'],
  'clinical-kb': ['platform', 'protos'],
  'voice-gateway': ['platform', 'protos', 'models'],
  orchestrator: ['platform', 'protos', 'clinical-kb'],
  agents: ['platform', 'protos', 'models', 'clinical-kb'],
  evaluation: ['platform', 'protos', 'models', 'voice-gateway', 'clinical-kb'],
};

module.exports = {
  forbidden: [
    {
      name: 'no-circular',
      severity: 'error',
      comment: 'Two files that need each other are one idea or hide a third.',
      from: {},
      to: { circular: true },
    },
    ...Object.entries(rooms).map(([room, allowed]) => ({
      name: `${room}-points-down`,
      severity: 'error',
      comment: `${room} may use only ${['itself', ...allowed].join(', ')}; parts meet through protos.`,
      from: { path: `^${room}/`, pathNot: '\\.test\\.ts$' },
      to: {
        path: '^(platform|protos|models|clinical-kb|voice-gateway|orchestrator|agents|evaluation|cli|bench|tests)/',
        pathNot: [room, ...allowed].map((name) => `^${name}/`),
      },
    })),
    {
      name: 'nothing-imports-the-command',
      severity: 'error',
      comment: 'cli, bench and tests stand on top.',
      from: { path: '^(platform|protos|models|clinical-kb|voice-gateway|orchestrator|agents|evaluation)/' },
      to: { path: '^(cli|bench|tests)/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^dist/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default'] },
  },
};
