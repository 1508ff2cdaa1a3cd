import { isListed, rowOf } from './import-matrix.mjs'

/** What is wrong with the dependencies that a package.json declares. */
export function manifestFindings(folder, manifest, folderOf) {
  const row = rowOf(folder)
  if (!row)
    return [`'${folder}' has no row in scripts/house/import-matrix.mjs, so nobody knows what it may import`]

  const {
    dependencies = {},
    peerDependencies = {},
    optionalDependencies = {},
    devDependencies = {},
  } = manifest
  const shipped = { ...dependencies, ...peerDependencies, ...optionalDependencies }
  const ours = (list) => Object.keys(list).flatMap((name) => folderOf.get(name) ?? [])
  const allowed = [...row.imports, ...row.optional, ...row.names]
  const findings = []
  for (const other of ours(shipped)) {
    if (!isListed(allowed, other)) findings.push(`${folder} may not depend on ${other}`)
  }
  for (const other of ours(devDependencies)) {
    if (!isListed([...allowed, ...row.tests, 'testkit'], other))
      findings.push(`${folder} may not depend on ${other}, not in tests either`)
  }
  for (const name of Object.keys(shipped)) {
    if (row.libraries === 'none') findings.push(`${folder} has no dependencies, so not '${name}'`)
    const isOptionalPeer = name in peerDependencies && manifest.peerDependenciesMeta?.[name]?.optional
    const other = folderOf.get(name)
    if (other && isListed(row.optional, other) && !isOptionalPeer) {
      findings.push(`${other} must be an optional peer of ${folder}`)
    }
    if (row.contractIsPeer && other === 'contract' && name in dependencies) {
      findings.push('a driver has the contract as a peer, so that the command and its drivers share one copy')
    }
  }
  return findings
}
