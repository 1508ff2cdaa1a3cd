import type { CallPoint, Require } from './agent-memory.ts'

export interface AgentModules {
  /** The call point of an exported function of one of Node's modules, or of a CommonJS file that was loaded. */
  find(module: string, func: string): CallPoint
}

/** Finds modules that the target has loaded. */
export function agentModules(load: Require): AgentModules {
  const forward = (path: string): string => path.replaceAll('\\', '/')

  function loadedFile(module: string): unknown {
    const cache: Record<string, { readonly exports: unknown }> = load('module')._cache
    const wanted = forward(module)
    const files = Object.keys(cache).filter((file) => `/${forward(file)}`.endsWith(`/${wanted}`))
    const [file, ...others] = files
    if (file === undefined) {
      const why = 'functions of ES modules cannot be replaced'
      throw new Error(`the process has loaded no CommonJS module '${module}'; ${why}`)
    }
    if (others.length > 0) throw new Error(`'${module}' may be any of ${files.join(', ')}`)
    return cache[file]?.exports
  }

  function find(module: string, func: string): CallPoint {
    const { builtinModules } = load('module')
    const plain = module.replace(/^node:/, '')
    const exported = builtinModules.includes(plain) ? load(plain) : loadedFile(module)
    const found = exported?.[func]
    if (typeof exported === 'function' && typeof found !== 'function')
      throw new Error(`'${module}' exports a function itself, which those who have it keep`)
    if (typeof found !== 'function') throw new Error(`'${module}' exports no function '${func}'`)
    const isAsync = found.constructor.name === 'AsyncFunction'
    return {
      owner: exported,
      name: func,
      style: isAsync ? 'promise' : 'sync',
      label: `${module}.${func}`,
      subject: (args) => args.map(String).join(' '),
    }
  }

  return { find }
}
