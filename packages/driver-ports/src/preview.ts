import { hasCode, type Targets } from '@squall/contract'

/** Turns a failure to find out what would be touched into the reason why it is unknown. */
export async function preview(names: Promise<Targets>): Promise<Targets> {
  try {
    return await names
  } catch (error) {
    if (hasCode(error, 'SQUALL_ACTIVITY_FAILED')) return { unknown: error.message }
    throw error
  }
}
