let load = (specifier: string): Promise<unknown> => import(specifier)

/** Imports a module by package name or file URL. */
export function importModule(specifier: string): Promise<unknown> {
  return load(specifier)
}

/**
 * Sets how modules are imported. Code that runs from V8's code cache cannot import by itself; whoever started it can.
 */
export function importModulesWith(importer: (specifier: string) => Promise<unknown>): void {
  load = importer
}
