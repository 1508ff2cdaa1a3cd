/** The system this process runs on, as drivers name it in `platforms`. */
export const platform: string = process.platform
