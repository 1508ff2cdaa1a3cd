/** The environment of this process. */
export const processEnvironment = {
  variables: (): Readonly<Record<string, string | undefined>> => process.env,
  workingDirectory: (): string => process.cwd(),
}
