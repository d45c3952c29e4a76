import { expect, test } from 'vitest'
import { salesOf } from '../../facts/sale.ts'
import { bodyOf } from './body.ts'
import { EMPTY, type Form } from './form.ts'

const FORM: Form = {
  ...EMPTY,
  regionId: 'cn-north-4',
  image: {
    id: 'image',
    name: 'Ubuntu',
    minDisk: 40,
    minRam: 0,
    isArm: false,
    isMarket: false,
    isWindows: false,
  },
  type: { id: 's6.large.2', vcpus: 2, ram: 4_096, isArm: false, family: 's6', sales: salesOf({}) },
  vpcId: 'vpc',
  subnetId: 'subnet',
  password: 'Example-Pass-1',
  name: ' web ',
}

test('a form with nothing but what is needed', () => {
  expect(bodyOf(FORM)).toEqual({
    regionId: 'cn-north-4',
    imageId: 'image',
    instanceType: 's6.large.2',
    name: 'web',
    vpcId: 'vpc',
    nics: [{ subnetId: 'subnet' }],
    rootVolume: { volumeType: 'GPSSD', size: 40 },
    adminPassword: 'Example-Pass-1',
  })
})

test('everything that can be chosen', () => {
  const body = bodyOf({
    ...FORM,
    zone: 'cn-north-4a',
    ipAddress: '192.168.0.7',
    securityGroupIds: ['group'],
    publicIp: 'new',
    bandwidth: '10',
    dataVolumes: [{ type: 'SSD', size: '100' }],
    access: 'key',
    keyName: 'mine',
    userData: '#!/bin/sh',
    description: 'for tests',
    tags: [
      { key: 'team', value: 'web' },
      { key: ' ', value: 'left out' },
    ],
  })
  expect(body).toMatchObject({
    availabilityZone: 'cn-north-4a',
    nics: [{ subnetId: 'subnet', ipAddress: '192.168.0.7' }],
    securityGroupIds: ['group'],
    publicIp: { type: '5_bgp', bandwidth: { size: 10, shareType: 'PER', chargeMode: 'traffic' } },
    dataVolumes: [{ volumeType: 'SSD', size: 100 }],
    keyName: 'mine',
    userData: '#!/bin/sh',
    userDataEncoding: 'text',
    description: 'for tests',
    tags: [{ key: 'team', value: 'web' }],
  })
})

test('with a key pair no password is sent, though one was typed before', () => {
  expect(bodyOf({ ...FORM, access: 'key', keyName: 'mine' })).not.toHaveProperty('adminPassword')
})

test('several instances share no fixed address', () => {
  const body = bodyOf({ ...FORM, count: '3', ipAddress: '192.168.0.7' })
  expect(body).toMatchObject({ count: 3, nics: [{ subnetId: 'subnet' }] })
  expect(body.nics[0]).not.toHaveProperty('ipAddress')
})

test('an address that exists is named by its id', () => {
  expect(bodyOf({ ...FORM, publicIp: 'existing', publicIpId: 'eip' }).publicIp).toEqual({ id: 'eip' })
})

test('how it is paid for', () => {
  const chargingOf = (more: Partial<Form>) => bodyOf({ ...FORM, ...more }).charging
  expect(chargingOf({})).toBeUndefined()
  expect(chargingOf({ charging: 'prePaid', periodNum: '3', autoRenew: true })).toEqual({
    mode: 'prePaid',
    periodType: 'month',
    periodNum: 3,
    autoRenew: true,
    autoPay: true,
  })
  expect(chargingOf({ charging: 'spot', periodNum: '3' })).toEqual({ mode: 'spot' })
  expect(chargingOf({ charging: 'spot', spotPrice: ' 0.5 ' })).toEqual({ mode: 'spot', spotPrice: '0.5' })
})

test('an IPv6 address too, where one is wanted', () => {
  expect(bodyOf({ ...FORM, ipv6: true }).nics).toEqual([{ subnetId: 'subnet', ipv6Enable: true }])
})
