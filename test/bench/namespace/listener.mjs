// Listens on a port and says so: the victim.  node listener.mjs PORT
import net from 'node:net'

net.createServer().listen(Number(process.argv[2]), '127.0.0.1', () => process.stdout.write('listening\n'))
