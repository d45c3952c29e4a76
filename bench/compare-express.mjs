/** What one would write without this gateway: Express and Huawei's SDK. It neither logs nor counts, limits nor repeats. */
import express from 'express'
import { officialSdk } from './compare-official-sdk.ts'

const app = express()
const sdk = officialSdk(process.env.HUAWEICLOUD_URL ?? '')

const keysOf = (request) => ({
  accessKey: request.get('X-Access-Key'),
  secretKey: request.get('X-Secret-Key'),
})

app.get('/api/jobs/:jobId', async (request, response) => {
  response.json({ data: await sdk.showJob(keysOf(request), request.params.jobId) })
})

app.get('/api/images', async (request, response) => {
  response.json({ data: await sdk.listImages(keysOf(request), request.query.name) })
})

app.get('/api/instance-types', async (request, response) => {
  response.json({ data: await sdk.listTypes(keysOf(request), request.query.availability_zone) })
})

const server = app.listen(0, '127.0.0.1', () => {
  console.log(`listens on http://127.0.0.1:${server.address().port}`)
})
