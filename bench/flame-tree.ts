/** What of a processor profile a picture needs: https://chromedevtools.github.io/devtools-protocol/tot/Profiler/#type-Profile */
export interface Profile {
  readonly nodes: readonly {
    readonly id: number
    readonly callFrame: { readonly functionName: string; readonly url: string }
    readonly children?: readonly number[]
  }[]
  readonly samples: readonly number[]
  /** Microseconds before each sample. */
  readonly timeDeltas: readonly number[]
}

export interface Frame {
  readonly name: string
  /** The file it stands in, from the program's own folder on; empty for what has none. */
  readonly file: string
  /** Microseconds, with all it calls. */
  total: number
  readonly calls: Map<string, Frame>
}

const frame = (name: string, file: string): Frame => ({ name, file, total: 0, calls: new Map() })

/** The last microseconds of a profile as one tree, in which what is called from the same place is one frame. */
export function treeOf({ nodes, samples, timeDeltas }: Profile, lastUs: number): Frame {
  const byId = new Map(nodes.map((node) => [node.id, node]))
  const parents = new Map(nodes.flatMap(({ id, children = [] }) => children.map((child) => [child, id])))
  const root = frame('all', '')
  let left = lastUs
  for (let at = samples.length - 1; at >= 0 && left > 0; at -= 1) {
    const us = timeDeltas[at] ?? 0
    left -= us
    const path: { name: string; file: string }[] = []
    for (let id = samples[at]; id !== undefined; id = parents.get(id)) {
      const { functionName = '', url = '' } = byId.get(id)?.callFrame ?? {}
      path.push({ name: functionName || '(anonymous)', file: shortened(url) })
    }
    const isIdle = path[0]?.name === '(idle)'
    if (isIdle) continue
    root.total += us
    let into = root
    for (const { name, file } of path.reverse().slice(1)) {
      const key = `${name} ${file}`
      const known = into.calls.get(key) ?? frame(name, file)
      into.calls.set(key, known)
      known.total += us
      into = known
    }
  }
  return root
}

const shortened = (url: string): string => {
  const [, inPackage] = /\/node_modules\/(.*)$/.exec(url) ?? []
  const [, inProgram] = /\/dist\/(.*)\.js$/.exec(url) ?? []
  return inPackage ?? inProgram ?? (url.startsWith('node:') ? url : '')
}
