/** Starts the command of the package in `folder`, whose dependencies are the drivers that came with it. */
export declare function start(
  folder: string,
  version: string,
  load: (specifier: string) => Promise<unknown>,
): void

/** The command's code, as one script. */
export declare function loadBundle(): Record<string, unknown>
