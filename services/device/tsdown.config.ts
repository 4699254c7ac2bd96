import { defineConfig } from 'tsdown'

const daemons = ['control', 'dcd', 'eventd', 'jsd', 'kernel', 'mgd', 'mqttd', 'rpd']

/** One file a program, with everything in it: loading modules one by one is most of a start. */
export default defineConfig({
  entry: {
    hangar: 'src/hangar.ts',
    'crypt-worker': '../mgd/src/users/crypt-worker.ts',
    ...Object.fromEntries(daemons.map(name => [name, `../${name}/src/main.ts`])),
  },
  format: 'esm',
  platform: 'node',
  target: 'node24',
  outDir: 'dist',
  clean: true,
  dts: false,
  minify: false,
  // ssh2's WebAssembly part asks for the folder that it is in.
  shims: true,
  deps: {
    alwaysBundle: [/.*/],
    // Optional native parts of ssh2, which goes on in JavaScript without; and what grpc-js loads for channelz alone.
    neverBundle: [/\.node$/, 'cpu-features', '@grpc/proto-loader'],
  },
  outputOptions: { entryFileNames: '[name].mjs', chunkFileNames: '[name]-[hash].mjs' },
})
