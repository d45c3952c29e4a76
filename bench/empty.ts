/** The least a server of this kind can be: what our own start and size are held against. */
import Fastify from 'fastify'
import Type from 'typebox'
import { Compile } from 'typebox/compile'
import { Pool } from 'undici'

Compile(Type.Object({ a: Type.String() }))
new Pool('http://127.0.0.1:1')
const app = Fastify()
app.get('/livez', async () => ({ status: 'ok' }))
console.log(`listens on ${await app.listen({ port: 0, host: '127.0.0.1' })}`)
