// Plays one scenario and ends, whatever it has started: player.mjs SCENARIO [ARGUMENT...]
await import(`./${process.argv[2]}.mjs`)
process.exit()
