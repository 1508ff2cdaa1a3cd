/** Where the service is when the configuration does not say so. */
export const servers: Readonly<Record<string, string>> = {}
