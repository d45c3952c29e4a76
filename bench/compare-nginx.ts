/** The upstream that everybody asks, and nginx as the contender that shows what the machine can do. */
import type { ChildProcess } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { JOB, PROJECTS } from './compare-recorded.ts'
import { nginxFound } from './compare-tools.ts'
import { freePorts, startTool } from './compare-world.ts'

export interface Nginx {
  readonly child: ChildProcess
  readonly ports: readonly number[]
}

/** Paths are those of Huawei Cloud and ours alike, so that nginx and the gateway are asked the same. */
const upstream = (folder: string, port: number) => `
  sendfile on; tcp_nodelay on; open_file_cache max=10;
  server {
    listen 127.0.0.1:${port} backlog=1024; root ${folder}; default_type application/json;
    add_header X-Request-Id 2f0b9b1e6d5c4e0f9a37b8c1d2e3f405;
    location = /v3/projects { return 200 '${PROJECTS}'; }
    location ~ "/jobs/([^/]+)$" { return 200 '${JOB}'; }
    location ~ "/images$" { try_files /images.json =404; }
    location ~ "/(flavors|instance-types)$" { try_files /types.json =404; }
    location ~ "/(detail|instances)$" { try_files /servers.json =404; }
  }`

/** As installed, and, on the second port, with buffers that a long answer fits through without a file. */
const proxy = (to: number, plain: number, tuned: number) => `
  upstream huawei { server 127.0.0.1:${to}; keepalive 64; keepalive_requests 100000000; }
  proxy_http_version 1.1; proxy_set_header Connection "";
  server { listen 127.0.0.1:${plain} backlog=1024; location / { proxy_pass http://huawei; } }
  server {
    listen 127.0.0.1:${tuned} backlog=1024;
    location / { proxy_pass http://huawei; proxy_buffers 8 64k; proxy_max_temp_file_size 0; }
  }`

export async function startUpstream(folder: string): Promise<Nginx> {
  const [port = 0] = await freePorts(1)
  return startNginx(join(folder, 'upstream'), [port], upstream(folder, port))
}

export async function startProxy(folder: string, to: number): Promise<Nginx> {
  const [plain = 0, tuned = 0] = await freePorts(2)
  return startNginx(join(folder, 'proxy'), [plain, tuned], proxy(to, plain, tuned))
}

async function startNginx(folder: string, ports: number[], http: string): Promise<Nginx> {
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
    .map((name) => `${name}_temp_path ${folder}/${name};`)
    .join(' ')
  mkdirSync(folder, { recursive: true })
  writeFileSync(
    join(folder, 'nginx.conf'),
    `daemon off; worker_processes 1; pid ${folder}/pid; error_log ${folder}/errors;
events { worker_connections 1024; }
http {
  access_log off; keepalive_requests 100000000; keepalive_timeout 600s; ${temporary}${http}
}
`,
  )
  const child = startTool(nginxFound(), [
    '-p',
    folder,
    '-c',
    join(folder, 'nginx.conf'),
    '-e',
    `${folder}/errors`,
  ])
  for (const port of ports) await answers(`http://127.0.0.1:${port}/v3/projects`)
  return { child, ports }
}

async function answers(url: string): Promise<void> {
  for (let tries = 0; tries < 100; tries += 1) {
    const isThere = await fetch(url).then(
      (response) => response.ok,
      () => false,
    )
    if (isThere) return
    await sleep(50)
  }
  throw new Error(`nginx does not answer at ${url}`)
}
