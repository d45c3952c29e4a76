#!/usr/bin/env node
'use strict'
// Plain old JavaScript on purpose: any Node can read this far, and be told what it lacks.
var fs = require('fs')
var path = require('path')

var NEEDS = [22, 19]
var has = process.versions.node.split('.').map(Number)
var own = path.join(__dirname, '..', 'node_modules', 'node', 'bin', 'node')

if (has[0] > NEEDS[0] || (has[0] === NEEDS[0] && has[1] >= NEEDS[1])) {
  require('./start.cjs')
} else if (fs.existsSync(own) && fs.realpathSync(own) !== fs.realpathSync(process.execPath)) {
  var child = require('child_process').spawn(own, [__filename].concat(process.argv.slice(2)), {
    stdio: 'inherit',
  })
  var pass = (signal) => {
    process.on(signal, () => {
      child.kill(signal)
    })
  }
  pass('SIGINT')
  pass('SIGTERM')
  pass('SIGHUP')
  child.on('exit', (code, signal) => {
    process.exit(code === null ? 128 + require('os').constants.signals[signal] : code)
  })
} else {
  process.stderr.write(
    'huawei-cloud-api needs Node ' + NEEDS.join('.') + ' or newer; this is ' + process.versions.node + '.\n',
  )
  process.exit(1)
}
